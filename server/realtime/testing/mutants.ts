import * as Y from 'yjs';
import { draftParts } from '@/lib/workflows/draft/draft';
import { deepUpdate, mutate } from './updates';

/** What a mutant is made from. */
export type Corpus = {
  /** Updates that somebody may really send. */
  honest: readonly Uint8Array[];
  /** The document as the server has it: for gaps after its end and deletions beyond it. */
  doc: Y.Doc;
  /** Ids of others. */
  foreign: readonly number[];
  random: () => number;
};

/** Ways in which an update may be wrong, by name. Each makes one from the corpus. */
export const mutations: Readonly<Record<string, (corpus: Corpus) => Uint8Array>> = {
  /** Bits flipped, bytes cut, doubled, blown up, any of them together. */
  noise: ({ honest, random }) => mutate(one(honest, random), honest, random),
  bits: ({ honest, random }) => {
    const mutant = Uint8Array.from(one(honest, random));
    for (let left = 1 + whole(random, 8); left > 0; left -= 1) {
      const at = whole(random, mutant.length);
      mutant[at] = (mutant[at] ?? 0) ^ (1 << whole(random, 8));
    }
    return mutant;
  },
  truncated: ({ honest, random }) => {
    const update = one(honest, random);
    return update.slice(0, whole(random, update.length));
  },
  spliced: ({ honest, random }) => {
    const [a, b] = [one(honest, random), one(honest, random)];
    return joined(a.slice(0, whole(random, a.length)), b.slice(whole(random, b.length)));
  },
  /** The structs of one update with the deletions of another. */
  swapped: ({ honest, random }) => {
    const [a, b] = [parts(one(honest, random)), parts(one(honest, random))];
    return joined(a.structs, b.deletions);
  },
  /** Well-formed, but in the name of another. */
  squatter: (corpus) => crafted(corpus, one(corpus.foreign, corpus.random), 0),
  /** Well-formed, but after a hole. */
  gap: (corpus) => crafted(corpus, undefined, 1 + whole(corpus.random, 1_000_000)),
  /** Deletes what nobody has made. */
  'huge deletions': ({ doc, random }) => {
    const client = one([...doc.store.clients.keys()], random) ?? 1;
    const state = Y.getState(doc.store, client);
    const ranges = 1 + whole(random, 20);
    const bytes = [0, 1, ...variable(client), ...variable(ranges)];
    for (let i = 0; i < ranges; i += 1) {
      bytes.push(...variable(whole(random, state + 100)));
      bytes.push(...variable(1 + whole(random, random() < 0.3 ? 2 ** 31 : 50)));
    }
    return Uint8Array.from(bytes);
  },
  'broken deletions': ({ honest, random }) => {
    const { structs, deletions } = parts(one(honest, random));
    const noise = Uint8Array.from({ length: 1 + whole(random, 12) }, () => whole(random, 256));
    return joined(structs, deletions.slice(0, whole(random, deletions.length)), noise);
  },
  oversized: ({ random }) => {
    const doc = new Y.Doc();
    const length = random() < 0.1 ? 270_000 : 20_000 + whole(random, 60_000);
    draftParts(doc).nodes.set('big', 'x'.repeat(length));
    return Y.encodeStateAsUpdate(doc);
  },
  deep: ({ random }) => deepUpdate(17 + whole(random, 200)),
  'deep value': ({ random }) => {
    const doc = new Y.Doc();
    let value: unknown = 1;
    for (let left = 33 + whole(random, 200); left > 0; left -= 1) value = [value];
    draftParts(doc).nodes.set('deep', value);
    return Y.encodeStateAsUpdate(doc);
  },
  v2: ({ honest, random }) => Y.convertUpdateFormatV1ToV2(one(honest, random)),
  /** A few bytes that say that gigabytes follow. */
  bomb: ({ random }) => {
    const huge = [0xff, 0xff, 0xff, 0xff, whole(random, 16)];
    const root = [1, 5, ...Buffer.from('nodes')];
    const bombs = [
      [...huge, 0],
      [1, ...huge, 1, 0],
      [1, 1, 1, 0, 8, ...root, ...huge, 0],
      [1, 1, 1, 0, 1, ...root, ...huge, 0],
      [0, ...huge],
      [0, 1, 1, ...huge],
      [1, 1, 1, 0, 4, ...root, ...huge, 65],
      [1, 1, 1, 0, 0, ...huge, 0],
      [1, 1, 1, 0, 10, ...huge, 0],
      [1, 1, 1, 0, 8, ...root, 1, 117, ...huge],
      [1, 1, 1, 0, 8, ...root, 1, 118, ...huge],
    ];
    return Uint8Array.from(one(bombs, random));
  },
};

/** A small update of a client that continues `skip` after what the document has of it. */
function crafted({ doc, random }: Corpus, client: number | undefined, skip: number): Uint8Array {
  const author = client ?? one([...doc.store.clients.keys()], random) ?? 1;
  const clock = Y.getState(doc.store, author) + skip;
  const root = ['meta', 'nodes', 'edges'][whole(random, 3)] ?? 'nodes';
  const key = `k${whole(random, 10)}`;
  return Uint8Array.from([
    ...[1, 1, ...variable(author), ...variable(clock)],
    // An item with a JSON value, below a key of a root.
    ...[8 | 32, 1, root.length, ...Buffer.from(root), key.length, ...Buffer.from(key)],
    ...[1, 125, whole(random, 64), 0],
  ]);
}

/** Where an update's structs end and its deletions begin. */
function parts(update: Uint8Array): { structs: Uint8Array; deletions: Uint8Array } {
  const { structs } = Y.decodeUpdate(update);
  if (structs.length === 0) return { structs: update.slice(0, 1), deletions: update.slice(1) };
  const bare = Y.decodeUpdate(update).ds.clients.size === 0;
  const cut = bare ? update.length - 1 : Math.floor(update.length / 2);
  return { structs: update.slice(0, cut), deletions: update.slice(cut) };
}

function variable(value: number): number[] {
  const bytes: number[] = [];
  let left = value;
  for (; left > 127; left = Math.floor(left / 128)) bytes.push((left % 128) | 128);
  return [...bytes, left];
}

const whole = (random: () => number, below: number) => Math.floor(random() * below);

function one<Value>(values: readonly Value[], random: () => number): Value {
  return values[whole(random, values.length)] as Value;
}

function joined(...pieces: Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.concat(pieces));
}
