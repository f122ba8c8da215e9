import { type Draft, readDraft, writeDraft } from '../draft/draft';
import type { Definition } from '../schema';

/** The server takes updates of at most 256 KiB; characters of JSON, of which some are more than one byte. */
const maxCharacters = 80_000;

/**
 * Makes a draft say what a definition says, by the least edits, as one step to undo. A large one is written in
 * several transactions, each of which the server takes.
 */
export function restoreDraft(draft: Draft, definition: Definition): void {
  if (draft.readOnly?.()) return;
  draft.onEdit?.(undefined);
  const before = readDraft(draft.doc, draft.catalogue);
  const written = new Set<string>();
  let characters = 0;
  for (const part of ['nodes', 'notes'] as const) {
    for (const element of definition[part] ?? []) {
      written.add(element.id);
      characters += JSON.stringify(element).length;
      if (characters < maxCharacters) continue;
      writeDraft(draft, between(before, definition, written));
      characters = 0;
    }
  }
  writeDraft(draft, definition);
}

/** What stood before, with these nodes and notes as they are to be. */
function between(before: Definition, after: Definition, written: ReadonlySet<string>): Definition {
  const mixed = <Element extends { id: string }>(
    old: readonly Element[],
    wanted: readonly Element[],
  ): Element[] => {
    const known = new Map(old.map((element) => [element.id, element]));
    const ids = new Set(wanted.map((element) => element.id));
    return [
      ...wanted.flatMap((element) =>
        written.has(element.id) ? [element] : (known.get(element.id) ?? []),
      ),
      ...old.filter((element) => !ids.has(element.id)),
    ];
  };
  return {
    ...before,
    nodes: mixed(before.nodes, after.nodes),
    notes: mixed(before.notes ?? [], after.notes ?? []),
    groups: mixed(before.groups ?? [], []),
  };
}
