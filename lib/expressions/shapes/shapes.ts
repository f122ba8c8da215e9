/** What is known of a value's form: its fields, or its items. Undefined where nothing is known. */
export type Shape =
  | { kind: 'object'; fields: Readonly<Record<string, Shape | undefined>> }
  | { kind: 'list'; items?: Shape | undefined }
  | { kind: 'text' | 'number' | 'boolean' };

const maxDepth = 6;
const maxFields = 200;
const maxItems = 50;

/** The form of a value; of a list, what its first items have together. Large parts are left unknown. */
export function shapeOf(value: unknown, depth = maxDepth): Shape | undefined {
  if (typeof value === 'string') return { kind: 'text' };
  if (typeof value === 'number') return { kind: 'number' };
  if (typeof value === 'boolean') return { kind: 'boolean' };
  if (typeof value !== 'object' || value === null || depth === 0) return undefined;
  if (Array.isArray(value)) {
    const items = value.slice(0, maxItems).map((item) => shapeOf(item, depth - 1));
    const [first, ...rest] = items;
    return { kind: 'list', items: rest.reduce(together, first) };
  }
  const entries = Object.entries(value);
  // A reference to a large value stands in place of what it is.
  if (entries.length > maxFields || '$blob' in value) return undefined;
  return {
    kind: 'object',
    fields: Object.fromEntries(entries.map(([name, inner]) => [name, shapeOf(inner, depth - 1)])),
  };
}

/** What two values may have: the fields of either. Unknown where they are of different kinds. */
function together(a: Shape | undefined, b: Shape | undefined): Shape | undefined {
  if (a?.kind === 'object' && b?.kind === 'object') {
    const names = new Set([...Object.keys(a.fields), ...Object.keys(b.fields)]);
    const fields = [...names].map((name): [string, Shape | undefined] => {
      const [one, other] = [a.fields[name], b.fields[name]];
      const both = Object.hasOwn(a.fields, name) && Object.hasOwn(b.fields, name);
      return [name, both ? together(one, other) : (one ?? other)];
    });
    return { kind: 'object', fields: Object.fromEntries(fields) };
  }
  if (a?.kind === 'list' && b?.kind === 'list')
    return { kind: 'list', items: together(a.items, b.items) };
  return a?.kind === b?.kind ? a : undefined;
}

/** The one of some names that was probably meant; undefined where none is near. */
export function nearestTo(name: string, names: readonly string[]): string | undefined {
  const wanted = name.toLowerCase();
  const most = Math.max(1, Math.floor(name.length / 3));
  let best: string | undefined;
  let least = most + 1;
  for (const each of names) {
    const distance = distanceOf(wanted, each.toLowerCase(), least);
    if (distance < least) {
      best = each;
      least = distance;
    }
  }
  return best;
}

/** How many letters differ, two that changed places counted once; or `most` as soon as it is that many. */
function distanceOf(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) >= most) return most;
  let earlier: number[] = [];
  let before = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const now = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = (before[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      now[j] = Math.min(
        (now[j - 1] ?? 0) + 1,
        (before[j] ?? 0) + 1,
        changed,
        swapped ? (earlier[j - 2] ?? 0) + 1 : most,
      );
    }
    earlier = before;
    before = now;
  }
  return before[b.length] ?? most;
}
