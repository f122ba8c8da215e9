import { isJsonObject, type Json, same } from './merge/leaf';
import { itemsById } from './merge/merge-list';

/** A place in which two values differ. `before` is absent where it was not there, `after` where it is no more. */
export type Difference = { path: string; before?: Json; after?: Json };

/** Where two values differ, down to the smallest parts; empty when they mean the same. */
export function diffValues(
  before: Json | undefined,
  after: Json | undefined,
  path = '',
): Difference[] {
  if (same(before, after)) return [];
  if (isJsonObject(before) && isJsonObject(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names].flatMap((name) =>
      diffValues(before[name], after[name], path === '' ? name : `${path}.${name}`),
    );
  }
  const [was, is] = [itemsOf(before), itemsOf(after)];
  if (was !== undefined && is !== undefined) {
    const found = [...new Set([...was.keys(), ...is.keys()])].flatMap((id) =>
      diffValues(was.get(id), is.get(id), `${path}[${id}]`),
    );
    if (found.length > 0) return found;
  }
  return [
    {
      path,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    },
  ];
}

/** Items by id, or by place where they have none. */
function itemsOf(value: Json | undefined): Map<string, Json> | undefined {
  if (!Array.isArray(value)) return undefined;
  return itemsById(value) ?? new Map(value.map((item, index) => [String(index), item]));
}
