import type { DraftPart } from '../draft/draft';
import { type DraftCatalogue, shapeAt, shapesOf } from '../draft/draft-shape';
import { isFormerKey } from '../draft/former-keys';
import { catalogue as strategies } from './catalogue';
import type { MergeStrategy } from './define-merge';
import last from './last';

/** Where two values clashed: an element of the draft (empty for the workflow itself), and names and row ids inside it. */
export type Place = { part: DraftPart; id: string; path: readonly string[] };

/** How fields outside of a node's config are merged; the others by `last`. */
const ofParts: Partial<Record<DraftPart, Record<string, string>>> = {
  meta: { timeoutMs: 'max', description: 'text' },
  nodes: { policy: 'union' },
  notes: { text: 'text' },
};

/** Fields that nobody needs to hear of: places, and what follows from other fields. */
const quiet = new Set(['x', 'y', 'width', 'height', 'order', 'key', 'type', 'id', 'config']);

/** The strategy of a field; undefined where a clash is nobody's loss. `type` is that of the node, if it is one. */
export function strategyOf(
  catalogue: DraftCatalogue,
  { part, path }: Place,
  type: string | undefined,
): MergeStrategy | undefined {
  const [first, ...rest] = path;
  if (first === undefined || part === 'edges') return undefined;
  if (part === 'nodes' && first === 'config' && rest.length > 0) {
    if (['id', 'order'].includes(rest.at(-1) ?? '')) return undefined;
    const shape = shapeAt(shapesOf(catalogue, type ?? ''), rest);
    if (shape.kind === 'text') return strategies.text;
    if (shape.kind === 'rows') return strategies.union;
    return strategies[shape.merge ?? ''] ?? last;
  }
  if (path.length === 1 && (quiet.has(first) || isFormerKey(first))) return undefined;
  return strategies[ofParts[part]?.[first] ?? ''] ?? last;
}
