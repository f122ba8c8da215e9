import { isObject, type Json } from '@/lib/workflows/draft/draft-value';
import type { Definition, WorkflowNode } from '@/lib/workflows/schema';

/** The sample of a step that reads, with what the other steps of its workflow look for in it. */
export function madeUp(sample: Json, { key }: WorkflowNode, { nodes }: Definition): Json {
  const texts = nodes.flatMap(({ config }) => textsIn(config));
  const path = new RegExp(
    String.raw`(?<made>(?:double|int)\()?\bsteps\.${key}\.output(?<path>(?:\.[A-Za-z_]\w*)+)(?![\w(])(?<counted>\s*[<>*/+-]=?\s*\d)?`,
    'g',
  );
  const read = texts.flatMap((text) =>
    [...text.matchAll(path)].map(({ groups }) => ({
      names: (groups?.path ?? '').slice(1).split('.'),
      isNumber: groups?.made !== undefined || groups?.counted !== undefined,
    })),
  );
  const whole = read
    .toSorted((one, other) => Number(other.isNumber) - Number(one.isNumber))
    .reduce(
      (made, { names, isNumber }) => withPath(made, names, isNumber ? 1 : 'An example'),
      sample,
    );
  const fields = [...texts.flatMap(rowFields), ...nodes.flatMap(({ config }) => fieldsIn(config))];
  return withFields(whole, [...new Set(fields)]);
}

const textsIn = (value: Json): string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
};

const rowFields = (text: string): string[] =>
  [...text.matchAll(/\brow\.([A-Za-z_]\w*)(?![\w(])/g)].flatMap(([, name]) => name ?? []);

/** Names of columns that settings hold as such. */
function fieldsIn(value: Json): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) =>
    name === 'field' && typeof each === 'string' && /^\w+$/.test(each) ? [each] : fieldsIn(each),
  );
}

/** With a value at a path, where nothing is yet and something can be. */
function withPath(value: Json, [first, ...rest]: readonly string[], end: Json): Json {
  if (first === undefined || !isObject(value)) return value;
  const there = value[first];
  if (there === undefined) {
    return { ...value, [first]: rest.length > 0 ? withPath({}, rest, end) : end };
  }
  return { ...value, [first]: withPath(there, rest, end) };
}

/** With columns in each of the rows. */
function withFields(value: Json, fields: readonly string[]): Json {
  if (!isObject(value) || !Array.isArray(value.rows)) return value;
  const more = Object.fromEntries(fields.map((field) => [field, 1]));
  const rows = value.rows.map((row) => (isObject(row) ? { ...more, ...row } : row));
  const [first] = rows;
  const columns = isObject(first) ? Object.keys(first) : [];
  return { ...value, rows, ...('columns' in value ? { columns } : {}) };
}
