import * as Y from 'yjs';
import { type DraftPart, draftParts } from '@/lib/workflows/draft';
import { workflowLimits } from '@/lib/workflows/schema';
import type { Refused } from './guard';
import type { Touch } from './places';

/** What one element may weigh in bytes: a step's largest text has 100,000 characters, of up to four bytes each. */
const mostBytes: Readonly<Record<DraftPart, number>> = {
  meta: 65_536,
  nodes: 524_288,
  edges: 4_096,
  groups: 4_096,
  notes: 131_072,
};
const most: Readonly<Record<DraftPart, number>> = {
  meta: 20,
  nodes: workflowLimits.nodes,
  edges: workflowLimits.edges,
  groups: workflowLimits.groups,
  notes: workflowLimits.notes,
};
const names: Readonly<Record<DraftPart, string>> = {
  meta: 'fields',
  nodes: 'steps',
  edges: 'connections',
  groups: 'groups',
  notes: 'notes',
};

/**
 * Keeps elements within their size and number before anything is stored. An element is weighed only when what was
 * added since the last weighing could make it too large.
 */
export class ElementLimits {
  /** No element weighs more than this. */
  #bounds = new Map<string, number>();

  /** Why what an update adds cannot be taken; undefined: it can, and is counted. */
  admit(doc: Y.Doc, touches: ReadonlyMap<string, Touch>): Refused | undefined {
    const parts = draftParts(doc);
    const added = new Map<DraftPart, number>();
    for (const { part, id, bytes } of touches.values()) {
      if (bytes === 0 || parts[part].has(id)) continue;
      const count = (added.get(part) ?? 0) + 1;
      added.set(part, count);
      if (parts[part].size + count > most[part]) {
        return tooLarge(`A workflow may have ${most[part]} ${names[part]}.`);
      }
    }
    for (const [name, { part, id, bytes }] of touches) {
      if (bytes > 0 && !this.#fits(name, parts[part], id, bytes, mostBytes[part])) {
        const whose = part === 'nodes' ? 'A step' : `One of the ${names[part]}`;
        return tooLarge(`${whose} would be larger than ${mostBytes[part]} bytes.`);
      }
    }
    return undefined;
  }

  #fits(name: string, part: Y.Map<unknown>, id: string, bytes: number, limit: number): boolean {
    let bound = this.#bounds.get(name) ?? limit;
    if (bound + bytes > limit) bound = weight(part._map.get(id));
    this.#bounds.set(name, bound + bytes);
    return bound + bytes <= limit;
  }
}

/** Bytes of an item and of all that lies in it, about as an update would carry them. */
function weight(item: Y.Item | undefined): number {
  if (!item || item.deleted) return 0;
  const { content } = item;
  if (content instanceof Y.ContentString) return Buffer.byteLength(content.str);
  if (content instanceof Y.ContentAny) return Buffer.byteLength(JSON.stringify(content.arr));
  if (!(content instanceof Y.ContentType)) return 0;
  let sum = 8;
  for (const [key, inner] of content.type._map) sum += key.length + weight(inner);
  for (let inner = content.type._start; inner !== null; inner = inner.right) sum += weight(inner);
  return sum;
}

const tooLarge = (message: string): Refused => ({ code: 'too_large', message });
