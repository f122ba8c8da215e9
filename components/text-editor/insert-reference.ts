import type { EditorView } from '@codemirror/view';
import { expressionOf, holeOf } from '@/lib/workflows/references';
import { expressionStart, type TextLanguage } from './tokenize';

/** Media type of a reference that is dragged from a tree of values: its expression. */
export const referenceType = 'application/x-ensemble-reference';

/** What a value is dragged as: its reference, and the same as text for fields that are not ours. */
export function referenceTo(path: readonly [string, ...(string | number)[]]) {
  const expression = expressionOf(path);
  return { [referenceType]: expression, 'text/plain': holeOf(expression) };
}

const takesReferences: readonly TextLanguage[] = ['template', 'expression'];
const editors = new WeakMap<Element, EditorView>();
let last: { view: EditorView; language: TextLanguage; tables: boolean } | undefined;

/** Makes an editor known by its place on the page. */
export function registerEditor(view: EditorView): void {
  editors.set(view.dom, view);
}

/** The editor in a part of the page. */
export function editorIn(element: Element | null): EditorView | undefined {
  const dom = element?.querySelector('.cm-editor');
  return dom ? editors.get(dom) : undefined;
}

/** Remembers in which text one wrote last: a reference that is picked goes there. */
export function rememberEditor(view: EditorView, language: TextLanguage, tables = false): void {
  if (takesReferences.includes(language) && !view.state.readOnly) last = { view, language, tables };
}

export function forgetEditor(view: EditorView): void {
  if (last?.view === view) last = undefined;
}

/** What a reference looks like at a place of a text: bare inside an expression, else with its braces. */
function writtenAt(view: EditorView, at: number, language: TextLanguage, expression: string) {
  const inside = expressionStart(view.state.doc.toString(), at, language) !== undefined;
  return inside ? expression : holeOf(expression);
}

function put(view: EditorView, from: number, to: number, insert: string): void {
  view.dispatch({
    changes: { from, to, insert },
    selection: { anchor: from + insert.length },
    scrollIntoView: true,
    userEvent: 'input.complete',
  });
  view.focus();
}

type Taker = (written: string) => void;
const takers = new Set<Taker>();

/** Makes a field known that is no text and takes a reference as a whole, such as that of a file. */
export function registerTaker(take: Taker): () => void {
  takers.add(take);
  return () => void takers.delete(take);
}

/**
 * Puts a reference at the caret of the text that was written in last; where there is none on the page, into the one
 * field that takes a reference as a whole. Rows come as a table where people read the text. False when there is neither.
 */
export function insertReference(expression: string, isRows = false): boolean {
  if (!last?.view.dom.isConnected) {
    const [only] = takers;
    if (only === undefined || takers.size > 1) return false;
    only(holeOf(expression));
    return true;
  }
  const { view, language, tables } = last;
  const { from, to } = view.state.selection.main;
  const shown = isRows && tables ? `table(${expression})` : expression;
  put(view, from, to, writtenAt(view, from, language, shown));
  return true;
}

/** Takes a reference that is dropped on a text; false when it is none. */
export function dropReference(event: DragEvent, view: EditorView, language: TextLanguage): boolean {
  const expression = event.dataTransfer?.getData(referenceType);
  if (!expression || view.state.readOnly || !takesReferences.includes(language)) return false;
  const at = view.posAtCoords({ x: event.clientX, y: event.clientY }) ?? view.state.doc.length;
  event.preventDefault();
  put(view, at, at, writtenAt(view, at, language, expression));
  return true;
}
