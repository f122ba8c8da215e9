import * as Y from 'yjs';
import { draftParts, inOrder } from '../draft/draft';
import type { DraftCatalogue } from '../draft/draft-shape';
import { formerKeys } from '../draft/former-keys';
import { type NameFor, rewritesIn } from '../edits/rename-references';

type Named = { key: string; names: ReadonlyMap<string, number> };

/**
 * The name that a reference should have which names no step: people who rename at once leave the names of both side
 * by side, or the older one where only one value can stand. Undefined: no step was ever called so.
 */
export function nameResolver(doc: Y.Doc): NameFor {
  const keys = new Set<string>();
  const renamed: Named[] = [];
  for (const [, node] of inOrder(draftParts(doc).nodes)) {
    const key = node instanceof Y.Map ? node.get('key') : undefined;
    if (!(node instanceof Y.Map) || typeof key !== 'string') continue;
    keys.add(key);
    const names = formerKeys(node);
    if (names.size > 0) renamed.push({ key, names: names.has(key) ? names : names.set(key, 0) });
  }
  return (wanted) => {
    if (keys.has(wanted) || renamed.length === 0) return undefined;
    let found: string | undefined;
    let latest = -1;
    for (const { key, names } of renamed) {
      const at = madeOf(wanted, names);
      if (at === undefined || at <= latest) continue;
      latest = at;
      found = key;
    }
    return found;
  };
}

/** The latest of the names that a text consists of; undefined when it does not. */
function madeOf(text: string, names: ReadonlyMap<string, number>): number | undefined {
  const best: (number | undefined)[] = [0];
  for (let end = 1; end <= text.length; end += 1) {
    for (const [name, at] of names) {
      const before = best[end - name.length];
      if (before === undefined || !text.endsWith(name, end)) continue;
      best[end] = Math.max(best[end] ?? 0, before, at);
    }
  }
  return best[text.length];
}

/** What gives a node's references the names that their steps have now; see `rewritesIn`. */
export function referenceRepairsIn(
  node: Y.Map<unknown>,
  catalogue: DraftCatalogue,
  nameFor: NameFor,
): (() => void)[] {
  const looksStale = (text: string) =>
    [...text.matchAll(looks)].some(([, key]) => nameFor(key ?? '') !== undefined);
  const config = node.get('config');
  if (!(config instanceof Y.Map) || !textsIn(config).some(looksStale)) return [];
  return rewritesIn(node, catalogue, nameFor, 'least');
}

/** What looks like a reference: cheap enough for every text of a large draft. */
const looks = /steps\s*(?:\.\s*|\[\s*["'])([A-Za-z_]\w*)/g;

function textsIn(value: unknown): string[] {
  const text = value instanceof Y.Text ? value.toString() : value;
  if (typeof text === 'string') return text.includes('steps') ? [text] : [];
  if (value instanceof Y.Map) return [...value.values()].flatMap(textsIn);
  if (value instanceof Y.Array) return value.toArray().flatMap(textsIn);
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
  return Object.values(value).flatMap(textsIn);
}
