import * as Y from 'yjs';

const prefix = 'was:';
/** Names of one step that are kept; the oldest go first. */
const maxKept = 12;

/** Whether a field of a node's map is a key that it had; readers of nodes leave such fields out. */
export const isFormerKey = (field: string): boolean => field.startsWith(prefix);

/**
 * The keys that a node had, with numbers that rise over the whole draft: what named it by one of them can be told from
 * what names nothing. Each is a field of its own, so that people who rename a step at once lose none.
 */
export function formerKeys(node: Y.Map<unknown>): Map<string, number> {
  const found = new Map<string, number>();
  for (const [field, at] of node.entries()) {
    if (isFormerKey(field) && typeof at === 'number') found.set(field.slice(prefix.length), at);
  }
  return found;
}

/** Gives a node a key and remembers the one that it had. Call inside a transaction. */
export function writeKey(node: Y.Map<unknown>, key: string): void {
  const before = node.get('key');
  if (before === key) return;
  node.set('key', key);
  if (typeof before !== 'string') return;
  const siblings = node.parent instanceof Y.Map ? [...node.parent.values()] : [];
  let last = 0;
  for (const each of siblings) {
    if (each instanceof Y.Map) last = Math.max(last, ...formerKeys(each).values());
  }
  // Both names: of two who rename at once one loses the key, and what they rewrote names it all the same.
  node.set(prefix + before, last + 1);
  node.set(prefix + key, last + 2);
  const oldest = [...formerKeys(node)].sort(([, a], [, b]) => b - a).slice(maxKept);
  for (const [name] of oldest) node.delete(prefix + name);
}

/** Says that a key belongs to one node from now on: no other one is known by it any more. Call inside a transaction. */
export function claimKey(nodes: Y.Map<unknown>, id: string, key: string): void {
  for (const [other, node] of nodes.entries()) {
    if (other !== id && node instanceof Y.Map && node.has(prefix + key)) node.delete(prefix + key);
  }
}
