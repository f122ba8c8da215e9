import { whenShown } from '@/components/form/focus-field';
import type { Session } from '@/components/session/session';
import { editorIn } from '@/components/text-editor/insert-reference';
import { flowIdOf } from '@/lib/canvas/flow-ids';
import type { Match } from '@/lib/canvas/matches';
import type { SearchableText } from '@/lib/canvas/searchable-texts';

const foundName = 'found';

/** Takes the mark off a note's words. */
export function clearFound(): void {
  CSS.highlights?.delete(foundName);
}

/** Shows a match where it stands: the step on the canvas, its field in the inspector, the text marked. */
export function showMatch(
  session: Session,
  place: SearchableText,
  match: Match,
  options: { focus: boolean },
): void {
  const { actions } = session;
  clearFound();
  if (place.nodeId !== undefined) {
    actions.select([place.nodeId]);
    actions.reveal([place.nodeId]);
  } else actions.select([]);
  if (place.noteId !== undefined) {
    showNote(session, place.noteId, match, options.focus);
    return;
  }
  actions.openTab('settings');
  if (place.field === undefined) return;
  whenShown(place.field, (element) => {
    if (markIn(element, match, options.focus)) return;
    const input = element.querySelector<HTMLInputElement>('input, textarea');
    input?.setSelectionRange?.(match.from, match.to);
    if (options.focus) input?.focus();
  });
}

/** Selects the match in the text editor of a field; false when the field has none that holds it. */
function markIn(element: HTMLElement, match: Match, focus: boolean): boolean {
  const view = editorIn(element);
  if (!view || match.to > view.state.doc.length) return false;
  view.dispatch({ selection: { anchor: match.from, head: match.to }, scrollIntoView: true });
  if (focus) view.focus();
  return true;
}

/** Centres a note and marks the match; with `focus` it opens the note for writing there. */
function showNote(session: Session, noteId: string, match: Match, focus: boolean): void {
  const note = session.graph.get().notes.get(noteId);
  if (!note) return;
  const { x, y } = note.position;
  const flowId = flowIdOf('note', noteId);
  session.centreOn({ x: x + note.width / 2, y: y + note.height / 2 });
  session.actions.pickObject(flowId);
  if (focus && !session.copy.draft.readOnly?.()) session.actions.write(noteId);
  const shown = note.text.slice(match.from, match.to);
  const earlier =
    note.text.slice(0, match.from).toLowerCase().split(shown.toLowerCase()).length - 1;
  whenOnCanvas(flowId, (card) => {
    if (!markIn(card, match, focus)) highlight(card, shown.toLowerCase(), earlier);
  });
}

/** A note that was out of sight is drawn when the view has come to it. */
function whenOnCanvas(flowId: string, then: (card: HTMLElement) => void, frames = 40): void {
  requestAnimationFrame(() => {
    const selector = `.react-flow__node[data-id="${CSS.escape(flowId)}"]`;
    const card = document.querySelector<HTMLElement>(selector);
    if (card) requestAnimationFrame(() => then(card));
    else if (frames > 0) whenOnCanvas(flowId, then, frames - 1);
  });
}

/** Marks the wanted words in text that is only shown, without touching it: Markdown hides some of what was found. */
function highlight(card: HTMLElement, wanted: string, earlier: number): void {
  const texts = document.createTreeWalker(card, NodeFilter.SHOW_TEXT);
  const ranges: Range[] = [];
  for (let node = texts.nextNode(); node && wanted !== ''; node = texts.nextNode()) {
    const text = node.textContent?.toLowerCase() ?? '';
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + wanted.length);
      ranges.push(range);
    }
  }
  const range = ranges[Math.min(earlier, ranges.length - 1)];
  if (range) CSS.highlights?.set(foundName, new Highlight(range));
}
