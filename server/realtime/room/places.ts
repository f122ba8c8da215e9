import * as Y from 'yjs';
import { keysOf } from '@/lib/values/keys-of';
import { type DraftPart, draftParts } from '@/lib/workflows/draft/draft';
import { type Id, type Inspection, indexOf, type Run, type Struct } from './guard';

/** Where something lies: an element of a part of the draft (a name, in `meta`). */
export type Place = { part: DraftPart; id: string };
/** What an update adds to an element, in bytes of the update; 0 where it only takes something away. */
export type Touch = Place & { bytes: number };
/** What an update touches, by `<part>/<id>`. */
export type Reading = {
  touches: ReadonlyMap<string, Touch>;
  /** It joins two places, or puts something where a draft has nothing: no edit of the product does. */
  misplaced: boolean;
  /** Its places could not be found within the budget. Nothing of that may be taken in. */
  undecided: boolean;
};

/** How far the lists are followed for one update, in all. */
const maxSteps = 200_000;
/** How many updates on their way may build on each other before they are waited for. */
const mostHops = 100;

/** A place in a list: an item, and the number in it. */
type Spot = { item: Y.Item; clock: number };

type Known = (client: number) => number;
type Held = { inspection: Inspection; places: readonly (Place | undefined)[] };

/**
 * Tells which elements an update touches before it is applied: from what holds its structs, and from what lies in its
 * deletions. Updates that are on their way to the rows are remembered, as others may build on them.
 */
export class Places {
  readonly #doc: () => Y.Doc;
  #held: Held[] = [];

  constructor(doc: () => Y.Doc) {
    this.#doc = doc;
  }

  /**
   * Reads a judged update. `known` counts what is in the document or on its way: what an update says of that is
   * ignored, as Yjs does. `hold` remembers it, until `release` is called.
   */
  read(inspection: Inspection, known: Known): Reading & { hold(): void; release(): void } {
    const reader = new Reader(this.#doc(), this.#held, inspection, known);
    const held: Held = { inspection, places: reader.places };
    return {
      touches: reader.touches,
      misplaced: reader.misplaced,
      undecided: reader.undecided,
      hold: () => void this.#held.push(held),
      release: () => {
        this.#held = this.#held.filter((each) => each !== held);
      },
    };
  }
}

class Reader {
  readonly places: (Place | undefined)[] = [];
  readonly touches = new Map<string, Touch>();
  misplaced = false;
  undecided = false;
  readonly #doc: Y.Doc;
  readonly #held: readonly Held[];
  readonly #inspection: Inspection;
  readonly #known: Known;
  /** By struct: the items of the document that it goes between. */
  readonly #lefts: (Spot | undefined)[] = [];
  readonly #rights: (Spot | undefined)[] = [];
  readonly #steps = { left: maxSteps };
  readonly #byType = new Map<unknown, Place | undefined>();
  readonly #roots: ReadonlyMap<unknown, DraftPart>;

  constructor(doc: Y.Doc, held: readonly Held[], inspection: Inspection, known: Known) {
    this.#doc = doc;
    this.#held = held;
    this.#inspection = inspection;
    this.#known = known;
    const parts = draftParts(doc);
    this.#roots = new Map(keysOf(parts).map((part) => [parts[part], part]));
    for (const struct of inspection.structs) {
      this.places.push(this.#readStruct(struct));
      this.#readNeighbours(struct);
    }
    for (const run of inspection.deleted) this.#readDeletion(run);
  }

  #readStruct(struct: Struct): Place | undefined {
    const { client, clock, length, parent, beside, before, root, key, bytes } = struct;
    const known = this.#known(client);
    if (clock + length <= known) return undefined;
    const around = [beside, before, parent].flatMap((id) => (id ? (this.#placeOf(id) ?? []) : []));
    // The rest of a struct that is partly there goes behind that part, whatever it says.
    if (clock < known) around.push(...[this.#placeOf({ client, clock: known - 1 }) ?? []].flat());
    if (root !== undefined) {
      if (key === undefined) this.misplaced = true;
      else around.push({ part: root as DraftPart, id: key });
    }
    for (const place of around) this.#touch(place, place === around[0] ? bytes : 0);
    const [first] = around;
    if (around.some((place) => place.part !== first?.part || place.id !== first.id)) {
      this.misplaced = true;
    }
    return first;
  }

  #readNeighbours({ client, clock, beside, before }: Struct): void {
    const isNew = clock >= this.#known(client);
    const left = isNew && beside ? this.#nearest(beside, 'beside') : undefined;
    const right = isNew && before ? this.#nearest(before, 'before') : undefined;
    this.#lefts.push(left);
    this.#rights.push(right);
    const reversed = isReversed(left, right, this.#steps);
    if (reversed === undefined) this.undecided = true;
    else if (reversed) this.misplaced = true;
  }

  /** An item of the document, or the one that a struct which is not there yet goes next to. */
  #nearest(id: Id, side: 'beside' | 'before'): Spot | undefined {
    let at: Id | undefined = id;
    for (let steps = 0; at !== undefined && steps < mostHops; steps += 1) {
      if (at.clock < Y.getState(this.#doc.store, at.client)) {
        const item: unknown = Y.getItem(this.#doc.store, Y.createID(at.client, at.clock));
        return item instanceof Y.Item ? { item, clock: at.clock } : undefined;
      }
      if (at.clock >= this.#known(at.client)) {
        const own = indexOf(this.#inspection.structs, at, this.#lefts.length);
        return (side === 'beside' ? this.#lefts : this.#rights)[own];
      }
      at = this.#heldStruct(at)?.[side];
    }
    if (at !== undefined) this.undecided = true;
    return undefined;
  }

  #heldStruct(id: Id): Struct | undefined {
    for (const { inspection } of this.#held) {
      const block = inspection.blocks.get(id.client);
      if (!block || id.clock < block.from || id.clock >= block.to) continue;
      return inspection.structs[indexOf(inspection.structs, id, inspection.structs.length)];
    }
    return undefined;
  }

  #readDeletion({ client, clock, length }: Run): void {
    const end = clock + length;
    const stored = Y.getState(this.#doc.store, client);
    const structs = this.#doc.store.clients.get(client) ?? [];
    if (clock < stored) {
      for (let i = Y.findIndexSS(structs, clock); i < structs.length; i += 1) {
        const struct = structs[i];
        if (!struct || struct.id.clock >= end) break;
        if (struct instanceof Y.Item && !struct.deleted) this.#touch(this.#placeOfItem(struct), 0);
      }
    }
    // Of others that are on their way, and not of this update itself: that is touched by being there.
    if (end <= stored) return;
    for (const { inspection, places } of this.#held) {
      const block = inspection.blocks.get(client);
      if (!block || block.to <= clock || block.from >= end) continue;
      for (const [i, struct] of inspection.structs.entries()) {
        const meets = struct.clock < end && struct.clock + struct.length > clock;
        if (struct.client === client && meets) this.#touch(places[i], 0);
      }
    }
  }

  #touch(place: Place | undefined, bytes: number): void {
    if (!place) return;
    const name = `${place.part}/${place.id}`;
    const found = this.touches.get(name);
    if (found) found.bytes += bytes;
    else this.touches.set(name, { ...place, bytes });
  }

  #placeOf(id: Id): Place | undefined {
    if (id.clock >= this.#known(id.client)) {
      const { structs } = this.#inspection;
      return this.places[indexOf(structs, id, this.places.length)];
    }
    if (id.clock < Y.getState(this.#doc.store, id.client)) {
      const struct: unknown = Y.getItem(this.#doc.store, Y.createID(id.client, id.clock));
      return struct instanceof Y.Item ? this.#placeOfItem(struct) : undefined;
    }
    for (const { inspection, places } of this.#held) {
      const block = inspection.blocks.get(id.client);
      if (!block || id.clock < block.from || id.clock >= block.to) continue;
      const place = places[indexOf(inspection.structs, id, inspection.structs.length)];
      if (place) return place;
    }
    return undefined;
  }

  #placeOfItem({ parent, parentSub }: Y.Item): Place | undefined {
    if (!(parent instanceof Y.AbstractType)) return undefined;
    if (parent._item === null) {
      const part = this.#roots.get(parent);
      return part === undefined || parentSub === null ? undefined : { part, id: parentSub };
    }
    if (this.#byType.has(parent)) return this.#byType.get(parent);
    const place = this.#placeOfItem(parent._item);
    this.#byType.set(parent, place);
    return place;
  }
}

/**
 * Whether what is to stand between two items names them in the wrong order, or in two lists. Where such a struct goes
 * would depend on what a copy holds already: copies would part. Undefined: the steps ran out before that was known.
 */
function isReversed(
  left: Spot | undefined,
  right: Spot | undefined,
  steps: { left: number },
): boolean | undefined {
  if (!left || !right) return false;
  if (left.item.parent !== right.item.parent) return true;
  if (left.item === right.item) return left.clock >= right.clock;
  for (let at = left.item.right; at !== null; at = at.right) {
    if (at === right.item) return false;
    if (steps.left === 0) return undefined;
    steps.left -= 1;
  }
  return true;
}
