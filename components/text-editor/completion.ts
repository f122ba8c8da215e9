import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  startCompletion,
} from '@codemirror/autocomplete';
import { EditorView } from '@codemirror/view';
import { holeOf } from '@/lib/workflows/references';
import { matching, matchOf } from './match';
import { expressionStart, type TextLanguage } from './tokenize';
import { typedOver } from './type-over';

export type Suggestion = {
  label: string;
  /** What is inserted, where it differs from the label. */
  insert?: string;
  /** A sample or last-run value, or a type, in a few characters. */
  detail?: string;
  info?: string;
  /** It takes the place of the dot before it: `[0]`, `["a name"]`. */
  eatsDot?: boolean;
  kind: 'step' | 'property' | 'function' | 'keyword';
  /** The heading that it stands below. */
  group?: string;
};

/** Suggestions at `position` of an expression, with the offset at which the replaced word begins. */
export type Suggest = (
  expression: string,
  position: number,
  /** Lists are offered as tables, too: people read the text. */
  tables?: boolean,
) => { from: number; items: Suggestion[] };

const headings: Readonly<Record<Suggestion['kind'], string>> = {
  step: 'Values',
  property: 'Values',
  function: 'Functions',
  keyword: 'Words',
};

/** More are not drawn: a longer word finds them. */
const maxShown = 100;

function toCompletion(item: Suggestion): Completion {
  const insert = item.insert ?? item.label;
  return {
    label: item.label,
    type: item.kind,
    ...(item.detail ? { detail: item.detail } : {}),
    ...(item.info ? { info: item.info } : {}),
    section: { name: item.group ?? headings[item.kind], rank: item.kind === 'function' ? 1 : 0 },
    apply(view, _completion, at, to) {
      const from = item.eatsDot && view.state.sliceDoc(at - 1, at) === '.' ? at - 1 : at;
      view.dispatch({
        changes: { from, to, insert },
        selection: { anchor: from + insert.length - (insert.endsWith('()') ? 1 : 0) },
        userEvent: 'input.complete',
      });
      if (insert.endsWith('.')) startCompletion(view);
    },
  };
}

/** Options for the word that is being typed from `from` on; they follow its letters without being asked for anew. */
function resultFor(
  items: readonly Completion[],
  from: number,
  word: string,
  letters: RegExp,
): CompletionResult | null {
  const options = matching(items, word).slice(0, maxShown);
  if (options.length === 0) return null;
  return {
    from,
    options,
    filter: false,
    getMatch: ({ label }) => {
      const match = word === '' ? undefined : matchOf(label, word);
      return match ? [match.from, match.from + word.length] : [];
    },
    update(_, start, to, context) {
      const typed = context.state.sliceDoc(start, to);
      return letters.test(typed) ? resultFor(items, start, typed, letters) : null;
    },
  };
}

/** A `/` at the beginning of a word of a template, with what was typed after it. */
const slash = /(?:^|[\s(])\/([\w.]*)$/;

/** Earlier values after a `/` in the text of a template: the chosen one comes as `{{ … }}` in its place. */
function slashCompletion(context: CompletionContext, suggest: Suggest): CompletionResult | null {
  const line = context.state.doc.lineAt(context.pos);
  const match = slash.exec(context.state.sliceDoc(line.from, context.pos));
  if (!match) return null;
  const values = suggest('', 0).items.filter(
    (item) => item.kind !== 'function' && item.kind !== 'keyword' && !item.insert?.endsWith('.'),
  );
  const options = values.map((item) => ({
    ...toCompletion(item),
    apply(view: EditorView, _: Completion, from: number, to: number) {
      const insert = holeOf(item.insert ?? item.label);
      view.dispatch({
        changes: { from: from - 1, to, insert },
        selection: { anchor: from - 1 + insert.length },
        userEvent: 'input.complete',
      });
    },
  }));
  const word = match[1] ?? '';
  return resultFor(options, context.pos - word.length, word, /^[\w.]*$/);
}

/** Completes CEL inside `{{ … }}` of templates and everywhere in expressions; in code only the values. */
export function expressionCompletion(language: TextLanguage, suggest: Suggest) {
  const source = (context: CompletionContext): CompletionResult | null => {
    const text = context.state.doc.toString();
    const start = expressionStart(text, context.pos, language);
    if (start === undefined) {
      return language === 'template' ? slashCompletion(context, suggest) : null;
    }
    const typed = text.slice(start, context.pos);
    const bare = language === 'expression' || language === 'javascript';
    if (!context.explicit && bare && !/[\w.]$/.test(typed)) return null;
    const found = suggest(typed, typed.length);
    const items =
      language === 'javascript'
        ? found.items.filter(({ kind }) => kind !== 'function')
        : found.items;
    const { from } = found;
    return resultFor(items.map(toCompletion), start + from, typed.slice(from), /^\w*$/);
  };
  return autocompletion({ override: [source], icons: false, defaultKeymap: true });
}

/** A click into an empty expression shows what can be there. */
export const offerWhenEmpty = EditorView.domEventHandlers({
  click(_, view) {
    if (view.state.doc.length === 0) startCompletion(view);
    return false;
  },
});

/** Typing `{{` in a template closes it with ` }}` and offers what can stand inside; typing `}}` goes over those. */
export const closeHoles = EditorView.inputHandler.of((view, from, to, inserted) => {
  if (from !== to) return false;
  const inFresh = view.state.sliceDoc(Math.max(0, from - 3), from + 3) === '{{  }}';
  // The space that people type after `{{` is there already.
  if (inserted === ' ' && inFresh) return true;
  if (inserted === '}') {
    const over = typedOver(view.state.doc.toString(), from);
    if (over === undefined) return false;
    view.dispatch({ selection: { anchor: over }, userEvent: 'select' });
    return true;
  }
  if (inserted !== '{') return false;
  const before = view.state.sliceDoc(Math.max(0, from - 1), from);
  if (before !== '{' || view.state.sliceDoc(Math.max(0, from - 2), from - 1) === '{') return false;
  const after = view.state.sliceDoc(from, from + 1);
  // Closing brackets that the editor added for the first brace are used up by the hole's own.
  const used = after === '}' ? 1 : 0;
  view.dispatch({
    changes: { from, to: from + used, insert: '{  }}' },
    selection: { anchor: from + 2 },
    userEvent: 'input.type',
  });
  startCompletion(view);
  return true;
});
