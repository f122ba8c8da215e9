import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { yCollab } from 'y-codemirror.next';
import * as Y from 'yjs';
import { type Describe, referenceChips } from './chips';
import { referencesIn } from './reference-ranges';
import type { TextLanguage } from './tokenize';

const titles: Record<string, string> = { read: 'Read orders', sum: 'Sum' };
const describe: Describe = (expression) => {
  const [root, key = '', output, ...parts] = expression.split('.');
  const title = root === 'steps' && output === 'output' ? titles[key] : undefined;
  return title === undefined ? undefined : { title, parts, value: () => '' };
};
const known = (expression: string) => describe(expression) !== undefined;

const views: EditorView[] = [];
afterEach(() => {
  for (const view of views.splice(0)) view.destroy();
});

function open(text: Y.Text, language: TextLanguage, carets?: () => readonly number[]) {
  const view = new EditorView({
    parent: document.body,
    state: EditorState.create({
      doc: text.toString(),
      extensions: [yCollab(text, null), referenceChips(language, describe, carets)],
    }),
  });
  views.push(view);
  return view;
}

const textIn = (value: string) => {
  const text = new Y.Doc().getText('t');
  text.insert(0, value);
  return text;
};
const chipsOf = (view: EditorView) =>
  [...view.dom.querySelectorAll<HTMLElement>('.cm-chip')].map((chip) => chip.textContent);
const press = (view: EditorView, key: string) =>
  view.contentDOM.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));

test('shows titles in place of keys; the text stays what it is', () => {
  const text = textIn('Sum of {{ steps.read.output.total }} and {{ steps.none.output }}');
  const view = open(text, 'template');
  expect(chipsOf(view)).toEqual(['Read orders › total']);
  expect(view.state.doc.toString()).toBe(text.toString());
  expect(view.state.sliceDoc(7, 36)).toBe('{{ steps.read.output.total }}');
  expect(
    chipsOf(open(textIn('steps.read.output.size() + steps.sum.output'), 'expression')),
  ).toEqual(['Read orders', 'Sum']);
  expect(chipsOf(open(textIn('"steps.read.output"'), 'expression'))).toEqual([]);
});

test('Backspace selects a chip, and once more deletes it', () => {
  const text = textIn('A {{ steps.read.output }} b');
  const view = open(text, 'template');
  view.dispatch({ selection: { anchor: 25 } });
  press(view, 'Backspace');
  expect(view.state.selection.main).toMatchObject({ from: 2, to: 25 });
  expect(text.toString()).toBe('A {{ steps.read.output }} b');
  view.dispatch(view.state.replaceSelection(''));
  expect(text.toString()).toBe('A  b');
});

test('a reference is text for as long as somebody stands in it, here or elsewhere', () => {
  const text = textIn('A {{ steps.read.output }} b');
  let others: number[] = [];
  const view = open(text, 'template', () => others);
  expect(chipsOf(view)).toHaveLength(1);
  others = [10];
  view.dispatch({ selection: { anchor: 0 } });
  expect(chipsOf(view)).toEqual([]);
  others = [2, 25];
  view.dispatch({ selection: { anchor: 1 } });
  expect(chipsOf(view)).toHaveLength(1);
});

const piece = fc.constantFrom(
  ...['{{ steps.read.output }}', '{{steps.sum.output.total}}', 'steps.read.output', '{{', '}}'],
  ...[' ', 'a', '.', '.size()', '"', '\n', '\\', '[0]', '🙂', 'é'],
);
const edit = fc.record({
  by: fc.constantFrom(0, 1),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat(6),
  insert: piece,
  /** Whether the two meet after it. */
  sync: fc.boolean(),
});

test.each<TextLanguage>(['template', 'expression'])(
  'while two write at once, the text is the shared one and each chip covers its own reference alone: %s',
  (language) => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 25 }), (edits) => {
        const docs = [new Y.Doc(), new Y.Doc()] as const;
        const texts = docs.map((doc) => doc.getText('t'));
        const meet = () => {
          const [a, b] = docs;
          Y.applyUpdate(b, Y.encodeStateAsUpdate(a, Y.encodeStateVector(b)));
          Y.applyUpdate(a, Y.encodeStateAsUpdate(b, Y.encodeStateVector(a)));
        };
        texts[0]?.insert(0, 'Dear {{ steps.read.output }}, steps.sum.output');
        meet();
        const open2 = texts.map((text) => open(text, language));
        for (const { by, at, length, insert, sync } of edits) {
          const view = open2[by];
          if (!view) continue;
          const doc = view.state.doc.toString();
          const from = whole(doc, Math.floor(at * doc.length));
          const to = whole(doc, Math.min(doc.length, from + length));
          view.dispatch({
            changes: { from, to, insert },
            selection: { anchor: from + insert.length },
          });
          if (sync) meet();
          for (const [index, each] of open2.entries()) check(each, texts[index], language);
        }
        meet();
        expect(texts[0]?.toString()).toBe(texts[1]?.toString());
        for (const [index, each] of open2.entries()) check(each, texts[index], language);
        for (const each of open2) {
          each.destroy();
          views.splice(views.indexOf(each), 1);
        }
      }),
      { numRuns: 150, seed: 4202611 },
    );
  },
);

/** The place, or the one before it in the middle of a letter: nobody's caret stands there. */
const whole = (doc: string, at: number) => (/[\uDC00-\uDFFF]/.test(doc[at] ?? '') ? at - 1 : at);

function check(view: EditorView, text: Y.Text | undefined, language: TextLanguage): void {
  const doc = view.state.doc.toString();
  expect(doc).toBe(text?.toString());
  const ranges = referencesIn(doc, language, known);
  const chips = [...view.dom.querySelectorAll<HTMLElement>('.cm-chip')];
  const places = chips.map((chip) => {
    const from = view.posAtDOM(chip);
    const range = ranges.find((each) => each.from === from);
    expect(range?.expression).toBe(chip.dataset.reference);
    expect(doc.slice(range?.from, range?.to)).toBe(chip.dataset.text);
    return range;
  });
  let end = 0;
  for (const range of places) {
    expect(range?.from ?? -1).toBeGreaterThanOrEqual(end);
    end = range?.to ?? 0;
  }
  // What is no chip is there to read, letter by letter.
  const visible = view.contentDOM.cloneNode(true) as HTMLElement;
  for (const chip of visible.querySelectorAll<HTMLElement>('.cm-chip')) {
    const range = places.shift();
    chip.textContent = range ? doc.slice(range.from, range.to) : '';
  }
  const lines = [...visible.querySelectorAll('.cm-line')].map((line) => line.textContent ?? '');
  expect(lines.join('\n')).toBe(doc);
}
