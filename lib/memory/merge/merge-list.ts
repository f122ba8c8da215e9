import { canonical } from '@/lib/values/canonical';
import { isJsonObject, type Json, same } from './leaf';

/** Items of a list by their `id`, in order; undefined for a list whose items have none, or one twice. */
export function itemsById(list: readonly Json[]): Map<string, Json> | undefined {
  const items = new Map<string, Json>();
  for (const item of list) {
    const id = isJsonObject(item) ? item.id : undefined;
    if (typeof id !== 'string' && typeof id !== 'number') return undefined;
    items.set(canonical(id), item);
  }
  return items.size === list.length ? items : undefined;
}

type Orders = { base: string[]; mine: string[]; theirs: string[] };

/**
 * The order of the items that are left: of whoever changed it, with what was added where they added it; undefined where
 * both put the common items in other orders.
 */
export function mergeOrder({ base, mine, theirs }: Orders, left: ReadonlySet<string>) {
  const common = (ids: string[]) =>
    ids.filter((id) => base.includes(id) && mine.includes(id) && theirs.includes(id));
  const [was, own, other] = [common(base), common(mine), common(theirs)];
  const moved = [!same(own, was), !same(other, was)];
  if (moved[0] && moved[1] && !same(own, other)) return undefined;
  const addedOf = (ids: string[]) => ids.filter((id) => !base.includes(id) && left.has(id));
  const [mineAdds, theirsAdds] = [addedOf(mine), addedOf(theirs)];
  const kept = (ids: string[]) => ids.filter((id) => left.has(id));
  if (!moved[0] && mineAdds.length === 0) return complete(kept(theirs), left);
  if (!moved[1] && theirsAdds.length === 0) return complete(kept(mine), left);
  // Both added or moved: the common items in the order of who moved them, then all that is new by its id, for both alike.
  const skeleton = (moved[0] ? kept(mine) : kept(theirs)).filter((id) => base.includes(id));
  return complete([...skeleton, ...new Set([...mineAdds, ...theirsAdds].sort())], left);
}

/** What only the other side still has (its item was changed there and is kept) stands at the end. */
const complete = (order: string[], left: ReadonlySet<string>) => [
  ...order,
  ...[...left].filter((id) => !order.includes(id)).sort(),
];
