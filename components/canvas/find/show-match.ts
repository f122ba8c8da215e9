import { EditorView } from '@codemirror/view';
import { whenShown } from '../inspector/focus-field';
import type { Session } from '../session';
import type { Match } from './matches';
import type { Place } from './places';

/** Shows a match where it stands: the step on the canvas, its field in the inspector, the text marked. */
export function showMatch(
  session: Session,
  place: Place,
  match: Match,
  options: { focus: boolean },
): void {
  const { actions } = session;
  if (place.nodeId !== undefined) {
    actions.select([place.nodeId]);
    actions.reveal([place.nodeId]);
  } else actions.select([]);
  if (place.noteId !== undefined) {
    document.querySelector(`[data-id="${CSS.escape(place.noteId)}"]`)?.scrollIntoView?.();
    return;
  }
  actions.openTab('settings');
  if (place.field === undefined) return;
  whenShown(place.field, (element) => {
    const dom = element.querySelector<HTMLElement>('.cm-editor');
    const view = dom ? EditorView.findFromDOM(dom) : null;
    if (view && match.to <= view.state.doc.length) {
      view.dispatch({
        selection: { anchor: match.from, head: match.to },
        scrollIntoView: true,
      });
      if (options.focus) view.focus();
      return;
    }
    const input = element.querySelector<HTMLInputElement>('input, textarea');
    input?.setSelectionRange?.(match.from, match.to);
    if (options.focus) input?.focus();
  });
}
