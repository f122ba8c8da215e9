import { isJsonObject, type Json, type Leaf, same } from './leaf';
import { itemsById, mergeOrder } from './merge-list';
import { mergeTexts } from './merge-text';

type Three = { base: Json | undefined; mine: Json | undefined; theirs: Json | undefined };
export type Merged = { value: Json | undefined; leaves: Leaf[] };

/**
 * Joins two changes of one value: what only one changed counts, objects by their fields, lists whose items have an `id`
 * by that, texts of several lines by line, numbers named in `counters` by what each added. What both changed differently is
 * a leaf, and there the value is theirs. Undefined means that there is no value.
 */
export function mergeValues(three: Three, counters: readonly string[] = [], path = ''): Merged {
  const { base, mine, theirs } = three;
  if (same(mine, base)) return { value: theirs, leaves: [] };
  if (same(theirs, base)) return { value: mine, leaves: [] };
  // Of what counts, two that added the same have both added it.
  if (same(mine, theirs) && !holdsCounter(path, counters)) return { value: theirs, leaves: [] };
  if (isJsonObject(mine) && isJsonObject(theirs)) {
    const before = isJsonObject(base) ? base : {};
    return mergeFields({ base: before, mine, theirs }, counters, path);
  }
  if (Array.isArray(mine) && Array.isArray(theirs)) {
    const merged = mergeLists(
      { base: Array.isArray(base) ? base : [], mine, theirs },
      counters,
      path,
    );
    if (merged !== undefined) return merged;
  }
  if (counters.includes(path) && typeof mine === 'number' && typeof theirs === 'number') {
    const from = typeof base === 'number' ? base : 0;
    return { value: mine + theirs - from, leaves: [] };
  }
  if (typeof mine === 'string' && typeof theirs === 'string' && typeof base === 'string') {
    const text = base.includes('\n') ? mergeTexts(base, mine, theirs) : undefined;
    if (text !== undefined) return { value: text, leaves: [] };
  }
  return { value: theirs, leaves: same(mine, theirs) ? [] : [leafOf(path, three)] };
}

const holdsCounter = (path: string, counters: readonly string[]) =>
  counters.some((one) => path === '' || one === path || one.startsWith(`${path}.`));

type Fields = Record<'base' | 'mine' | 'theirs', { [key: string]: Json }>;

function mergeFields({ base, mine, theirs }: Fields, counters: readonly string[], path: string) {
  const value: { [key: string]: Json } = {};
  const leaves: Leaf[] = [];
  const own = (from: { [key: string]: Json }, key: string) =>
    Object.hasOwn(from, key) ? from[key] : undefined;
  for (const key of new Set([...Object.keys(theirs), ...Object.keys(mine)])) {
    const three = { base: own(base, key), mine: own(mine, key), theirs: own(theirs, key) };
    const merged = mergeValues(three, counters, path === '' ? key : `${path}.${key}`);
    if (merged.value !== undefined) value[key] = merged.value;
    leaves.push(...merged.leaves);
  }
  return { value, leaves };
}

type Lists = Record<'base' | 'mine' | 'theirs', Json[]>;

function mergeLists(
  { base, mine, theirs }: Lists,
  counters: readonly string[],
  path: string,
): Merged | undefined {
  const [was, own, other] = [itemsById(base), itemsById(mine), itemsById(theirs)];
  if (was === undefined || own === undefined || other === undefined) return undefined;
  const items = new Map<string, Json>();
  const leaves: Leaf[] = [];
  for (const id of new Set([...other.keys(), ...own.keys()])) {
    const three = { base: was.get(id), mine: own.get(id), theirs: other.get(id) };
    const merged = mergeValues(three, counters, `${path}[${id}]`);
    if (merged.value !== undefined) items.set(id, merged.value);
    leaves.push(...merged.leaves);
  }
  const orders = { base: [...was.keys()], mine: [...own.keys()], theirs: [...other.keys()] };
  const order = mergeOrder(orders, new Set(items.keys()));
  if (order === undefined) return undefined;
  return { value: order.flatMap((id) => items.get(id) ?? []), leaves };
}

function leafOf(path: string, { base, mine, theirs }: Three): Leaf {
  return {
    path,
    ...(base === undefined ? {} : { base }),
    ...(mine === undefined ? {} : { mine }),
    ...(theirs === undefined ? {} : { theirs }),
  };
}
