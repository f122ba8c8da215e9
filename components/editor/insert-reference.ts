import { EditorView } from '@codemirror/view';
import { holeOf } from '@/lib/workflows/references';
import { expressionStart, type TextLanguage } from './tokenize';

/** Media type of a reference that is dragged from a tree of values: its expression. */
export const referenceType = 'application/x-ensemble-reference';

const takesReferences: readonly TextLanguage[] = ['template', 'expression'];
let last: { view: EditorView; language: TextLanguage } | undefined;

/** Remembers in which text one wrote last: a reference that is picked goes there. */
export function rememberEditor(view: EditorView, language: TextLanguage): void {
  if (takesReferences.includes(language) && !view.state.readOnly) last = { view, language };
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

/** Puts a reference at the caret of the text that was written in last; false when there is none on the page. */
export function insertReference(expression: string): boolean {
  if (!last?.view.dom.isConnected) return false;
  const { view, language } = last;
  const { from, to } = view.state.selection.main;
  put(view, from, to, writtenAt(view, from, language, expression));
  return true;
}

/** Takes references that are dropped on a text. */
export function referenceDrop(language: TextLanguage) {
  return EditorView.domEventHandlers({
    drop(event, view) {
      const expression = event.dataTransfer?.getData(referenceType);
      if (!expression || view.state.readOnly || !takesReferences.includes(language)) return false;
      const at = view.posAtCoords({ x: event.clientX, y: event.clientY }) ?? view.state.doc.length;
      event.preventDefault();
      put(view, at, at, writtenAt(view, at, language, expression));
      return true;
    },
  });
}
