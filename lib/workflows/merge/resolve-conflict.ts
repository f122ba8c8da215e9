import * as Y from 'yjs';
import { type Draft, draftParts, setOrDelete } from '../draft/draft';
import { type Json, sameJson } from '../draft/draft-value';
import { edit, nodeOf } from '../draft/editing';
import { renameNode, setField, setMeta } from '../edits/edits';
import type { Clash } from './define-merge';
import { type Place, strategyOf } from './strategies';

/** What a person is told of a value of theirs that did not stay. */
export type LostValue = {
  place: Place;
  mine: Json | undefined;
  /** What stands there now. */
  theirs: Json | undefined;
  /** True: it is shown until they have chosen. */
  asks: boolean;
};

/**
 * Merges a clash that this copy lost as its field declares, by an ordinary edit where the result is not what stands
 * there already. Answers with what the person is to be told, if anything of theirs is not in it.
 */
export function settleClash(draft: Draft, clash: Clash & { place: Place }): LostValue | undefined {
  const { place, mine, theirs } = clash;
  const type = place.part === 'nodes' ? nodeOf(draft, place.id)?.get('type') : undefined;
  const strategy = strategyOf(draft.catalogue, place, typeof type === 'string' ? type : undefined);
  if (!strategy) return undefined;
  const { value, lost } = strategy.resolve(clash);
  if (!sameJson(value, theirs)) setAt(draft, place, value);
  return lost ? { place, mine, theirs: value, asks: strategy.asks === true } : undefined;
}

/** Sets one field anywhere in the draft by an ordinary edit, a step of its own to undo. Undefined takes it away. */
export function setAt(draft: Draft, { part, id, path }: Place, value: Json | undefined): void {
  const [first, ...rest] = path;
  if (first === undefined) return;
  if (part === 'nodes' && first === 'config') {
    draft.onEdit?.(undefined);
    setField(draft, id, rest, value);
  } else if (part === 'nodes' && first === 'name' && typeof value === 'string') {
    draft.onEdit?.(undefined);
    renameNode(draft, id, value);
  } else if (part === 'meta' && first === 'description' && typeof value === 'string') {
    setMeta(draft, { description: value });
  } else {
    edit(draft, undefined, () => {
      const parts = draftParts(draft.doc);
      const map: unknown = part === 'meta' ? parts.meta : parts[part].get(id);
      if (map instanceof Y.Map) setOrDelete(map, first, value);
    });
  }
}
