import { EditorSelection, type Extension, Prec, type Range } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  EditorView,
  keymap,
  ViewPlugin,
  type ViewUpdate,
  WidgetType,
} from '@codemirror/view';
import { type ReferenceRange, referencesIn } from './reference-ranges';
import type { TextLanguage } from './tokenize';

/** What people know a reference by: the step's title and the fields below it; and what it gives now. */
export type Described = { title: string; parts: readonly string[]; value: () => string };

/** Says it of an expression; undefined for one that names nothing known: that stays text. */
export type Describe = (expression: string) => Described | undefined;

/** Above this many characters a text is shown plain, as its colours are. */
const longest = 50_000;

class ChipWidget extends WidgetType {
  readonly expression: string;
  readonly label: string;
  /** What it stands for, with the braces around it. */
  readonly text: string;
  readonly describe: Describe;
  constructor(expression: string, text: string, described: Described, describe: Describe) {
    super();
    this.expression = expression;
    this.text = text;
    this.label = [described.title, ...described.parts].join(' › ');
    this.describe = describe;
  }
  override eq(other: ChipWidget) {
    return other.text === this.text && other.label === this.label;
  }
  override toDOM() {
    const chip = document.createElement('span');
    chip.className = 'cm-chip';
    chip.textContent = this.label;
    chip.dataset.reference = this.expression;
    chip.dataset.text = this.text;
    // Read when somebody looks: values change with every run.
    chip.addEventListener('mouseenter', () => {
      const value = this.describe(this.expression)?.value();
      chip.title = value ? `${this.expression}\n${value}` : this.expression;
    });
    return chip;
  }
  override ignoreEvent() {
    return false;
  }
}

/** Places inside a text at which somebody stands: a reference around one of them is shown as the text that it is. */
type Carets = () => readonly number[];

function decorate(
  view: EditorView,
  language: TextLanguage,
  describe: Describe,
  carets: Carets,
): DecorationSet {
  if (view.state.doc.length > longest) return Decoration.none;
  const { main } = view.state.selection;
  const stands = [...carets(), ...(view.hasFocus ? [main.head, main.anchor] : [])];
  const isWrittenIn = ({ from, to }: ReferenceRange) =>
    stands.some((at) => at > from && at < to) ||
    // What ends at the caret may go on: it is text until one has left it. Braces end a reference.
    (view.hasFocus && main.empty && main.head === to && view.state.sliceDoc(to - 1, to) !== '}');
  const chips: Range<Decoration>[] = [];
  const known = (expression: string) => describe(expression) !== undefined;
  for (const range of referencesIn(view.state.doc.toString(), language, known)) {
    const described = describe(range.expression);
    if (described === undefined || isWrittenIn(range)) continue;
    const text = view.state.sliceDoc(range.from, range.to);
    const widget = new ChipWidget(range.expression, text, described, describe);
    chips.push(Decoration.replace({ widget, reference: true }).range(range.from, range.to));
  }
  return Decoration.set(chips);
}

/** The chip that ends (or begins) at a place. */
function chipAt(chips: DecorationSet, at: number, side: 'before' | 'after') {
  let found: { from: number; to: number } | undefined;
  chips.between(at, at, (from, to) => {
    if (side === 'before' ? to === at : from === at) found = { from, to };
  });
  return found;
}

/**
 * Shows references as chips: a step's title instead of its key. The text underneath stays what it is, and what is
 * copied, shared and stored. The caret goes over a chip in one step; Backspace and Delete select it first; a double
 * click, or a caret put inside it, makes it text again.
 */
export function referenceChips(
  language: TextLanguage,
  describe: Describe,
  carets: Carets = () => [],
): Extension {
  const plugin = ViewPlugin.define(
    (view) => {
      const made = {
        chips: decorate(view, language, describe, carets),
        update(update: ViewUpdate) {
          // Any update may be of carets, titles or focus: few of them are far apart, and the text is short.
          if (update.docChanged || update.selectionSet || update.focusChanged || hasEffects(update))
            made.chips = decorate(update.view, language, describe, carets);
        },
      };
      return made;
    },
    {
      decorations: ({ chips }) => chips,
      provide: (self) =>
        EditorView.atomicRanges.of((view) => view.plugin(self)?.chips ?? Decoration.none),
      eventHandlers: {
        mousedown(event, view) {
          const chip = chipUnder(event);
          if (!chip) return false;
          const from = view.posAtDOM(chip);
          const range = chipAt(view.plugin(plugin)?.chips ?? Decoration.none, from, 'after');
          if (!range) return false;
          event.preventDefault();
          view.focus();
          const inside = EditorSelection.cursor(range.to - 1);
          const whole = EditorSelection.range(range.from, range.to);
          view.dispatch({ selection: event.detail > 1 ? inside : whole, userEvent: 'select' });
          return true;
        },
      },
    },
  );
  const select = (side: 'before' | 'after') => (view: EditorView) => {
    const { main } = view.state.selection;
    if (!main.empty || view.state.readOnly) return false;
    const chip = chipAt(view.plugin(plugin)?.chips ?? Decoration.none, main.head, side);
    if (!chip) return false;
    view.dispatch({ selection: { anchor: chip.from, head: chip.to }, userEvent: 'select' });
    return true;
  };
  return [
    plugin,
    Prec.high(
      keymap.of([
        { key: 'Backspace', run: select('before') },
        { key: 'Delete', run: select('after') },
      ]),
    ),
  ];
}

const hasEffects = ({ transactions }: ViewUpdate) =>
  transactions.some(({ effects }) => effects.length > 0);

const chipUnder = ({ target }: Event) =>
  target instanceof Element ? target.closest('.cm-chip') : null;
