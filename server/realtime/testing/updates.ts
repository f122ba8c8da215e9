import * as Y from 'yjs';
import { catalogue } from '@/lib/nodes/catalogue';
import { type Draft, draftParts } from '@/lib/workflows/draft/draft';
import {
  addNode,
  addRow,
  connect,
  moveNodes,
  removeElements,
  renameNode,
  setField,
  textOf,
} from '@/lib/workflows/edits/edits';

/** Numbers in [0, 1) that depend on the seed alone (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One edit as a person makes it, chosen at random. */
export function editAtRandom(
  doc: Y.Doc,
  random: () => number,
  id: string,
  draft: Draft = { doc, catalogue, origin: 'random' },
): void {
  // The text that a test has everybody type into stays.
  const ids = [...draftParts(doc).nodes.keys()].filter((each) => each !== 'shared');
  const some = ids[Math.floor(random() * ids.length)] ?? 'none';
  const other = ids[Math.floor(random() * ids.length)] ?? 'none';
  const position = { x: Math.floor(random() * 2_000), y: Math.floor(random() * 2_000) };
  const text = textOf(draft, some, ['prompt']);
  const at = Math.floor(random() * (text?.length ?? 0));
  const edits = [
    () =>
      addNode(draft, {
        id,
        type: random() < 0.5 ? 'agent' : 'switch',
        name: `Step ${id}`,
        position,
      }),
    () =>
      text?.insert(at, [...'Ünïcode 😀 text '].slice(0, 1 + Math.floor(random() * 14)).join('')),
    () => text?.insert(at, 'typed'),
    () => text?.delete(at, Math.min(3, (text?.length ?? 0) - at)),
    () => moveNodes(draft, [{ id: some, position }]),
    () => connect(draft, { id, source: some, sourcePort: 'out', target: other, targetPort: 'in' }),
    () => setField(draft, some, ['prompt'], `A prompt about {{ steps.${id}.output }}`),
    () => setField(draft, some, ['model'], { provider: 'openai', model: `m${at}` }),
    () => addRow(draft, some, 'cases', { id, label: 'Case', condition: 'true' }),
    () => renameNode(draft, some, `Renamed ${id}`),
    () => ids.length > 12 && removeElements(draft, { nodes: [some] }),
  ];
  edits[Math.floor(random() * edits.length)]?.();
}

/** A mutant of some bytes: flipped, cut, doubled, spliced with others, or with a number blown up. */
export function mutate(
  bytes: Uint8Array,
  others: readonly Uint8Array[],
  random: () => number,
): Uint8Array {
  let mutant = Uint8Array.from(bytes);
  const pick = (n: number) => Math.floor(random() * n);
  for (let left = 1 + pick(3); left > 0; left -= 1) {
    const at = pick(mutant.length);
    const donor = others[pick(others.length)] ?? bytes;
    switch (pick(7)) {
      case 0:
        mutant[at] = pick(256);
        break;
      case 1:
        mutant[at] = (mutant[at] ?? 0) ^ (1 << pick(8));
        break;
      case 2:
        mutant = mutant.slice(0, at);
        break;
      case 3:
        mutant = joined(mutant.slice(0, at), mutant.slice(at + 1 + pick(4)));
        break;
      case 4:
        mutant = joined(mutant.slice(0, at), donor.slice(pick(donor.length)));
        break;
      case 5: {
        const blown = [0xff, 0xff, 0xff, 0xff, pick(128)].slice(pick(4));
        mutant = joined(mutant.slice(0, at), Uint8Array.from(blown), mutant.slice(at + 1));
        break;
      }
      default:
        mutant = joined(mutant, donor);
    }
  }
  return mutant;
}

function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** What `work` on a document sends. */
export function updatesOf(doc: Y.Doc, work: () => void): Uint8Array[] {
  const updates: Uint8Array[] = [];
  const listener = (update: Uint8Array, origin: unknown) => {
    if (origin !== 'remote') updates.push(update);
  };
  doc.on('update', listener);
  work();
  doc.off('update', listener);
  return updates;
}

/** An update with a chain of maps within maps. */
export function deepUpdate(levels: number): Uint8Array {
  const doc = new Y.Doc();
  doc.transact(() => {
    let at: Y.Map<unknown> = draftParts(doc).nodes;
    for (let i = 0; i < levels; i += 1) {
      const inner = new Y.Map<unknown>();
      at.set('x', inner);
      at = inner;
    }
  });
  return Y.encodeStateAsUpdate(doc);
}
