import {
  createDecoder,
  type Decoder,
  hasContent,
  readFloat32,
  readFloat64,
  readUint8,
  readVarInt,
  readVarString,
  readVarUint,
} from 'lib0/decoding';
import { realtimeLimits } from '@/lib/realtime/messages';
import type { DraftPart } from '@/lib/workflows/draft/draft';

/** What a Yjs V1 update holds and builds on, by client id. All clocks are exclusive ends unless said. */
export type Inspection = {
  /** Structs that it brings: from the first clock to the end. */
  blocks: Map<number, { from: number; to: number }>;
  /** How much of other clients' structs must be there. */
  needs: Map<number, number>;
  /** How much must be there, or come with it, for its deletions. */
  deletes: Map<number, number>;
  /** What it deletes, ordered and apart within each client. */
  deleted: Run[];
  /** All its structs, in order. */
  structs: Struct[];
  hasTypes: boolean;
};
export type Id = { client: number; clock: number };
/** Clocks of one client that follow each other. */
export type Run = Id & { length: number };
export type Struct = Run & {
  isType: boolean;
  /** Bytes of the update that it takes. */
  bytes: number;
  /** In this type. */
  parent: Id | undefined;
  /** In whatever type holds this struct, or else the other; both where both are said. */
  beside: Id | undefined;
  before: Id | undefined;
  /** In this root, where it is in none of these. Absent: it is nowhere. */
  root: string | undefined;
  /** Its key, in a root or a parent that is a map. */
  key: string | undefined;
};
export type Refused = {
  code: 'resync' | 'forbidden' | 'invalid_input' | 'too_large';
  message: string;
};

const roots = new Set<string>(['meta', 'nodes', 'edges', 'groups', 'notes'] satisfies DraftPart[]);
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);
const maxDepth = 32;
/**
 * How deep a type may lie; those of a draft need six levels. A change costs Yjs time and memory for each level above
 * it, so that two small updates of some thousand levels would end the process.
 */
const maxTypeDepth = 16;
/** One run of deleted structs: more than any text that was ever typed. */
const maxDeleted = 1_000_000;
const maxClock = 2 ** 40;

class Malformed extends Error {}

/**
 * Reads an update without building anything from it: counts are checked against the bytes that are there, so that a
 * few bytes cannot cost much, and only what this product's documents are made of passes: the draft's roots, maps, arrays,
 * texts, strings and JSON of limited depth. V2 updates, formats, embeds, sub-documents and skips do not.
 */
export function inspectUpdate(
  update: Uint8Array,
  /** The highest client id that may be named. Those of a draft have 32 bits; held-back updates use others. */
  maxClient = 0xffffffff,
): Inspection | Refused {
  if (update.byteLength > realtimeLimits.update) {
    return { code: 'too_large', message: `An update may have ${realtimeLimits.update} bytes.` };
  }
  try {
    const decoder = createDecoder(update);
    const found: Found = { needs: new Map(), structs: [], hasTypes: false, maxClient };
    const blocks = readBlocks(decoder, found);
    const { deletes, deleted } = readDeletes(decoder, maxClient);
    if (hasContent(decoder)) throw new Malformed('it goes on after its end');
    const { needs, structs, hasTypes } = found;
    return { blocks, deletes, deleted, needs, structs, hasTypes };
  } catch (error) {
    const reason = error instanceof Malformed ? error.message : 'it cannot be read';
    return { code: 'invalid_input', message: `This is no Yjs V1 update of a draft: ${reason}.` };
  }
}

/** Whether an update may be taken in: only ids of its sender, and nothing missing before it. Undefined: it may. */
export function judgeUpdate(
  { blocks, needs, deletes }: Inspection,
  known: (client: number) => number,
  owns: (client: number) => boolean,
): Refused | undefined {
  for (const [client, { from }] of blocks) {
    if (!owns(client)) {
      return { code: 'forbidden', message: `The client id ${client} was not issued to you.` };
    }
    if (from > known(client)) return gap;
  }
  for (const [client, clock] of needs) if (clock > known(client)) return gap;
  for (const [client, clock] of deletes) {
    if (clock > Math.max(known(client), blocks.get(client)?.to ?? 0)) return gap;
  }
  return undefined;
}

const gap: Refused = {
  code: 'resync',
  message: 'The update builds on something that the server does not have. Join again.',
};

/**
 * Whether an update nests types too deeply. `typesAbove` counts the types that hold a stored struct; the update must
 * have passed {@link judgeUpdate}. What it says of structs that are `known` already is not believed: Yjs skips it.
 */
export function nestsTooDeeply(
  { structs, hasTypes }: Inspection,
  known: (client: number) => number,
  typesAbove: (id: Id) => number,
): boolean {
  if (!hasTypes) return false;
  const above: number[] = [];
  const levelsOf = (id: Id) => {
    return id.clock >= known(id.client)
      ? (above[indexOf(structs, id, above.length)] ?? 0)
      : typesAbove(id);
  };
  return structs.some(({ parent, beside, isType }) => {
    const levels = parent ? levelsOf(parent) + 1 : beside ? levelsOf(beside) : 0;
    above.push(levels);
    return isType && levels >= maxTypeDepth;
  });
}

/** Index of the struct, among the first `count`, that covers an id. They are ordered within each client. */
export function indexOf(structs: readonly Struct[], id: Id, count: number): number {
  let low = 0;
  let high = count - 1;
  // Blocks of several clients are rare and follow each other: narrow to the client first.
  while (low < high && structs[low]?.client !== id.client) low += 1;
  while (high > low && structs[high]?.client !== id.client) high -= 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((structs[middle]?.clock ?? 0) <= id.clock) low = middle;
    else high = middle - 1;
  }
  return low;
}

type Found = Pick<Inspection, 'needs' | 'structs' | 'hasTypes'> & { maxClient: number };

function readBlocks(decoder: Decoder, found: Found): Inspection['blocks'] {
  const blocks: Inspection['blocks'] = new Map();
  for (let left = readCount(decoder); left > 0; left -= 1) {
    let structs = readCount(decoder);
    const client = readClient(decoder, found.maxClient);
    const from = readClock(decoder);
    if (structs === 0 || blocks.has(client)) throw new Malformed('it names a client twice');
    let clock = from;
    for (; structs > 0; structs -= 1) {
      clock += readStruct(decoder, client, clock, found);
      if (clock > maxClock) throw new Malformed('a clock is too high');
    }
    blocks.set(client, { from, to: clock });
  }
  return blocks;
}

/** Reads one struct and gives its length in clock units. */
function readStruct(decoder: Decoder, client: number, clock: number, found: Found): number {
  const start = decoder.pos;
  const info = readUint8(decoder);
  const kind = info & 31;
  if (info === 0) {
    const length = readDeletedLength(decoder);
    found.structs.push({ client, clock, length, ...nowhere });
    return length;
  }
  if (kind === 0 || kind === 10) throw new Malformed('it holds a gap');
  const reference = () => readReference(decoder, client, clock, found);
  const beside = info & 128 ? reference() : undefined;
  const before = info & 64 ? reference() : undefined;
  const within = (beside ?? before) ? {} : readParent(decoder, reference);
  const key = !(beside ?? before) && info & 32 ? readVarString(decoder) : undefined;
  if (key !== undefined && forbiddenKeys.has(key)) throw new Malformed('it uses a forbidden key');
  const length = readContent(decoder, kind);
  const isType = kind === 7;
  found.hasTypes ||= isType;
  const bytes = decoder.pos - start;
  found.structs.push({
    ...{ client, clock, length, isType, bytes, beside, before, key },
    parent: within.parent,
    root: within.root,
  });
  return length;
}

const nowhere = {
  ...{ isType: false, bytes: 0, parent: undefined, beside: undefined, before: undefined },
  ...{ root: undefined, key: undefined },
};

function readParent(decoder: Decoder, reference: () => Id): { parent?: Id; root?: string } {
  const isRoot = readVarUint(decoder);
  if (isRoot > 1) throw new Malformed('a parent is unknown');
  if (isRoot === 0) return { parent: reference() };
  const root = readVarString(decoder);
  if (!roots.has(root)) throw new Malformed('it names an unknown root');
  return { root };
}

function readContent(decoder: Decoder, kind: number): number {
  switch (kind) {
    case 1:
      return readDeletedLength(decoder);
    case 4: {
      const { length } = readVarString(decoder);
      if (length === 0) throw new Malformed('a text is empty');
      return length;
    }
    case 7:
      // Array, map and text; the XML types have no place here.
      if (readVarUint(decoder) > 2) throw new Malformed('it holds a foreign type');
      return 1;
    case 8: {
      const length = readCount(decoder);
      if (length === 0) throw new Malformed('a value is empty');
      for (let left = length; left > 0; left -= 1) skipValue(decoder, 0);
      return length;
    }
    default:
      throw new Malformed('it holds foreign content');
  }
}

/** Skips one value as lib0 writes it. */
function skipValue(decoder: Decoder, depth: number): void {
  if (depth > maxDepth) throw new Malformed('a value is nested too deeply');
  switch (readUint8(decoder)) {
    case 127: // undefined
    case 126: // null
    case 121: // false
    case 120: // true
      return;
    case 125:
      readVarInt(decoder);
      return;
    case 124:
      readFloat32(decoder);
      return;
    case 123:
      readFloat64(decoder);
      return;
    case 119:
      readVarString(decoder);
      return;
    case 118:
      for (let left = readCount(decoder); left > 0; left -= 1) {
        if (forbiddenKeys.has(readVarString(decoder))) {
          throw new Malformed('it uses a forbidden key');
        }
        skipValue(decoder, depth + 1);
      }
      return;
    case 117:
      for (let left = readCount(decoder); left > 0; left -= 1) skipValue(decoder, depth + 1);
      return;
    default:
      throw new Malformed('a value is not JSON');
  }
}

/** As Yjs writes them: each client once, its runs in order and apart; else one update could delete the same for ever. */
function readDeletes(decoder: Decoder, maxClient: number): Pick<Inspection, 'deletes' | 'deleted'> {
  const deletes = new Map<number, number>();
  const deleted: Run[] = [];
  for (let left = readCount(decoder); left > 0; left -= 1) {
    const client = readClient(decoder, maxClient);
    if (deletes.has(client)) throw new Malformed('it names a client twice');
    let end = 0;
    for (let ranges = readCount(decoder); ranges > 0; ranges -= 1) {
      const clock = readClock(decoder);
      if (clock < end) throw new Malformed('its deletions are in disorder');
      const length = readLength(decoder);
      deleted.push({ client, clock, length });
      end = clock + length;
    }
    deletes.set(client, end);
  }
  return { deletes, deleted };
}

function readReference(
  decoder: Decoder,
  client: number,
  clock: number,
  { needs, maxClient }: Found,
): Id {
  const to = readClient(decoder, maxClient);
  const at = readClock(decoder);
  if (to !== client) needs.set(to, Math.max(needs.get(to) ?? 0, at + 1));
  else if (at >= clock) throw new Malformed('it builds on itself');
  return { client: to, clock: at };
}

/** A number of things that follow, each of at least one byte. */
function readCount(decoder: Decoder): number {
  const count = readVarUint(decoder);
  if (count > decoder.arr.length - decoder.pos) throw new Malformed('it ends too early');
  return count;
}

function readLength(decoder: Decoder): number {
  const length = readVarUint(decoder);
  if (length === 0 || length > maxClock) throw new Malformed('a length is wrong');
  return length;
}

function readDeletedLength(decoder: Decoder): number {
  const length = readLength(decoder);
  if (length > maxDeleted) throw new Malformed('a deletion is too long');
  return length;
}

function readClient(decoder: Decoder, maxClient: number): number {
  const client = readVarUint(decoder);
  if (client > maxClient) throw new Malformed('a client id is too high');
  return client;
}

function readClock(decoder: Decoder): number {
  const clock = readVarUint(decoder);
  if (clock > maxClock) throw new Malformed('a clock is too high');
  return clock;
}
