import * as Y from 'yjs';
import { type Draft, draftParts } from './draft';

export type Point = { x: number; y: number };

/**
 * Runs an edit in one transaction; undefined, and no change, while the draft is read-only. Neighbouring edits of one
 * `group` are one step to undo.
 */
export function edit<T>(draft: Draft, group: string | undefined, change: () => T): T | undefined {
  if (draft.readOnly?.()) return undefined;
  draft.onEdit?.(group);
  return draft.doc.transact(change, draft.origin);
}

/** What the draft holds of a node; undefined when it is gone. */
export const nodeOf = (draft: Draft, id: string): Y.Map<unknown> | undefined => {
  const node = draftParts(draft.doc).nodes.get(id);
  return node instanceof Y.Map ? node : undefined;
};

/** Keys of all nodes but one. */
function takenKeys(draft: Draft, except?: string): Set<unknown> {
  const taken = new Set<unknown>();
  for (const [id, node] of draftParts(draft.doc).nodes.entries()) {
    if (id !== except && node instanceof Y.Map) taken.add(node.get('key'));
  }
  return taken;
}

/** The key itself where it is free, else with the first free number. */
export function freeKey(draft: Draft, wanted: string, except?: string): string {
  return keyGiver(draft, except)(wanted);
}

/** The same for many: each answer is taken from then on. */
export function keyGiver(draft: Draft, except?: string): (wanted: string) => string {
  const taken = takenKeys(draft, except);
  const give = (key: string) => {
    taken.add(key);
    return key;
  };
  return (wanted) => {
    if (!taken.has(wanted)) return give(wanted);
    const base = wanted.replace(/_\d+$/, '').slice(0, 58) || 'step';
    let number = 2;
    while (taken.has(`${base}_${number}`)) number += 1;
    return give(`${base}_${number}`);
  };
}
