import * as Y from 'yjs';
import { type DraftPart, draftParts } from '@/lib/workflows/draft/draft';
import { workflowLimits } from '@/lib/workflows/schema';

/** Bytes of one draft as it is stored; more is refused. */
export const maxDraftBytes = 33_554_432;
export const fullDraft = 'This workflow reached its size limit. Remove something first.';

/** What one element may weigh in bytes: a step's largest text has 100,000 characters, of up to four bytes each. */
export const maxElementBytes: Readonly<Record<DraftPart, number>> = {
  meta: 65_536,
  nodes: 524_288,
  edges: 4_096,
  groups: 4_096,
  notes: 131_072,
};
export const maxElements: Readonly<Record<DraftPart, number>> = {
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

export const tooMany = (part: DraftPart): string =>
  `A workflow may have ${maxElements[part]} ${names[part]}.`;
export const tooHeavy = (part: DraftPart): string =>
  `${part === 'nodes' ? 'A step' : `One of the ${names[part]}`} would be larger than ${maxElementBytes[part]} bytes.`;

/** Why a document may not stay as it is after these elements (`<part>/<id>`) were changed; undefined: it may. */
export function overLimit(doc: Y.Doc, changed: Iterable<string>): string | undefined {
  const parts = draftParts(doc);
  for (const element of changed) {
    const [part, id] = partAndId(element);
    const root = parts[part];
    if (root.size > maxElements[part]) return tooMany(part);
    const items = id === undefined ? root._map.values() : [root._map.get(id)];
    for (const item of items) if (weight(item) > maxElementBytes[part]) return tooHeavy(part);
  }
  return undefined;
}

function partAndId(element: string): [DraftPart, string | undefined] {
  const end = element.indexOf('/');
  return end === -1
    ? [element as DraftPart, undefined]
    : [element.slice(0, end) as DraftPart, element.slice(end + 1)];
}

/** Bytes of an item and of all that lies in it, about as an update would carry them. */
export function weight(item: Y.Item | undefined): number {
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
