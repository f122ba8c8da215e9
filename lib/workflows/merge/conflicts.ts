import * as Y from 'yjs';
import { keysOf } from '@/lib/values/keys-of';
import { draftParts } from '../draft/draft';
import { type Json, sameJson, toJson } from '../draft/draft-value';
import type { Clash } from './define-merge';
import { readLost } from './read-lost';
import type { Place } from './strategies';

/** Something that this person set was replaced by somebody who had not seen it. */
export type FoundClash = Clash & {
  place: Place;
  /** Client id of the tab that wrote what won. */
  client: number;
  /** The transaction that brought it, see `authorOf`. */
  origin: unknown;
};

/** How far back a field's values are looked through. */
const maxSteps = 500;

/**
 * Tells of every clash that this copy of a draft loses, once, in the transaction in which it is lost; of two people
 * who set a field at once it is told on exactly one side. `isRemote`: whether others made a transaction. Answers with
 * a function that stops it.
 */
export function watchClashes(
  doc: Y.Doc,
  isRemote: (transaction: Y.Transaction) => boolean,
  onClash: (clash: FoundClash) => void,
): () => void {
  const mine = new Set<number>();
  const begun = new WeakMap<object, Map<string, Begun>>();
  const remember = (map: Y.Map<unknown>, key: string, transaction: Y.Transaction) => {
    const current = map._map.get(key);
    if (!current || !isNew(current, transaction)) return;
    const earlier = lastBefore(current, transaction);
    const goesOn = earlier !== undefined && mine.has(earlier.id.client) && begun.get(map)?.has(key);
    mine.add(current.id.client);
    if (goesOn) return;
    const values = begun.get(map) ?? new Map<string, Begun>();
    const value = earlier && readLost(earlier, transaction);
    begun.set(map, values.set(key, { over: earlier?.lastId ?? null, value }));
  };
  const onTransaction = (transaction: Y.Transaction) => {
    const remote = isRemote(transaction);
    mine.add(doc.clientID);
    for (const [type, keys] of transaction.changed) {
      const map: unknown = type;
      if (!(map instanceof Y.Map)) continue;
      for (const key of keys) {
        if (key === null) continue;
        const lost = remote
          ? replacedIn(map, key, transaction, mine)
          : transaction.local
            ? undefined
            : beatenIn(map, key, transaction);
        if (lost) tell(map, key, lost, transaction);
        if (!remote) remember(map, key, transaction);
      }
    }
  };
  const tell = (map: Y.Map<unknown>, key: string, item: Y.Item, transaction: Y.Transaction) => {
    const place = placeOf(map, key, doc);
    const current = map._map.get(key);
    if (!place || !current) return;
    const own = readLost(item, transaction);
    const theirs = current.deleted ? undefined : toJson(map.get(key));
    if (sameJson(own, theirs)) return;
    const { client } = current.id;
    const { origin } = transaction;
    const start = begun.get(map)?.get(key);
    const common = start && Y.compareIDs(start.over, baseOf(current, transaction));
    const before = common ? start.value : undefined;
    onClash({ place, mine: own, theirs, before, client, origin });
  };
  // Yjs gives a root its class when it is first asked for.
  draftParts(doc);
  doc.on('afterTransaction', onTransaction);
  return () => doc.off('afterTransaction', onTransaction);
}

/** What stood at a field before this person's sets of it that followed each other. */
type Begun = { over: Y.ID | null; value: Json | undefined };

const isNew = (item: Y.Item, transaction: Y.Transaction) =>
  item.id.clock >= (transaction.beforeState.get(item.id.client) ?? 0);

function lastBefore(item: Y.Item, transaction: Y.Transaction): Y.Item | undefined {
  let at: Y.Item | null = item.left;
  while (at !== null && isNew(at, transaction)) at = at.left;
  return at ?? undefined;
}

/** A value of this person's that stood there until the transaction, if its replacement did not know of it. */
function replacedIn(
  map: Y.Map<unknown>,
  key: string,
  transaction: Y.Transaction,
  mine: ReadonlySet<number>,
): Y.Item | undefined {
  const current = map._map.get(key);
  if (!current || !isNew(current, transaction) || mine.has(current.id.client)) return undefined;
  const stood = lastBefore(current, transaction);
  if (!stood || !mine.has(stood.id.client)) return undefined;
  if (!Y.isDeleted(transaction.deleteSet, stood.id)) return undefined;
  return knew(current, stood, transaction) ? undefined : stood;
}

/** A value of this person's, made by an earlier tab, that came too late to stand there. */
function beatenIn(
  map: Y.Map<unknown>,
  key: string,
  transaction: Y.Transaction,
): Y.Item | undefined {
  const current = map._map.get(key);
  if (!current || isNew(current, transaction)) return undefined;
  let at: Y.Item | null = current.left;
  for (let steps = 0; at !== null && steps < maxSteps; at = at.left, steps += 1) {
    if (isNew(at, transaction)) return at;
  }
  return undefined;
}

/** The value that those of a transaction were first written over. */
function baseOf(value: Y.Item, transaction: Y.Transaction): Y.ID | null {
  let { origin } = value;
  for (let steps = 0; origin !== null && steps < maxSteps; steps += 1) {
    const item: Y.Item | Y.GC = Y.getItem(transaction.doc.store, origin);
    if (!(item instanceof Y.Item) || !isNew(item, transaction)) break;
    origin = item.origin;
  }
  return origin;
}

/** Whether the author of a value had seen another: what it was written over leads back to that one. */
function knew(value: Y.Item, other: Y.Item, transaction: Y.Transaction): boolean {
  let origin = value.origin;
  for (let steps = 0; origin !== null && steps < maxSteps; steps += 1) {
    const { client, clock } = origin;
    const from = other.id.clock;
    if (client === other.id.client && clock >= from && clock < from + other.length) return true;
    const item: Y.Item | Y.GC = Y.getItem(transaction.doc.store, origin);
    if (!(item instanceof Y.Item) || !isNew(item, transaction)) return false;
    origin = item.origin;
  }
  return false;
}

const isSame = (a: unknown, b: unknown) => a === b;

/** Where a key of a map is in the draft; undefined for roots themselves and what is not in an element any more. */
function placeOf(map: Y.Map<unknown>, key: string, doc: Y.Doc): Place | undefined {
  const path: string[] = [key];
  const start: unknown = map;
  if (!(start instanceof Y.AbstractType)) return undefined;
  let child = start;
  for (let item = child._item; item !== null; item = child._item) {
    const parent = item.parent;
    if (item.deleted || !(parent instanceof Y.AbstractType)) return undefined;
    const id: unknown = child instanceof Y.Map ? child.get('id') : undefined;
    path.unshift(item.parentSub ?? (typeof id === 'string' ? id : ''));
    child = parent;
  }
  const parts = draftParts(doc);
  const part = keysOf(parts).find((name) => isSame(parts[name], child));
  if (part === undefined) return undefined;
  if (part === 'meta') return { part, id: '', path };
  const [id = '', ...rest] = path;
  return rest.length > 0 ? { part, id, path: rest } : undefined;
}
