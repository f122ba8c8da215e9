import { isRecord } from '@/lib/values/unknown';
import { accessTo, isPlainName } from '@/lib/workflows/references';
import type { Suggestion } from './completion';
import { functionsFor } from './function-suggestions';

/** Values that expressions can name, as trees: samples, or what the last run saw. */
export type Names = Record<string, unknown>;

/** Names that every step sees. */
const shared: ReadonlySet<string> = new Set(['input', 'steps', 'run']);
/** At most this many fields of one value are offered. */
const maxFields = 100;
/** Places of a list that are offered. */
const maxPlaces = 3;
/** How far below the input and a step's output fields are offered at once, and how many of each. */
const depthAtOnce = 4;
const maxAtOnce = 200;
const path = /([A-Za-z_]\w*(?:\.\w+|\[\d+\]|\["(?:[^"\\]|\\.)*"\])*\.)?(\w*)$/;

/** A value in a few characters: what completion shows beside a name. */
export function preview(value: unknown): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return `list of ${value.length}`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.keys(value).join(', ')}}`.slice(0, 40);
  return JSON.stringify(value).slice(0, 40);
}

function lookUp(names: Names, dotted: string): unknown {
  let value: unknown = names;
  for (const written of dotted.match(/"(?:[^"\\]|\\.)*"|[A-Za-z_]\w*|\d+/g) ?? []) {
    const part = written.startsWith('"') ? (JSON.parse(written) as string) : written;
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part))
      return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}

function fieldsOf(value: unknown, isStep: boolean): Suggestion[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) {
    return value.slice(0, maxPlaces).map((item, index) => ({
      label: `[${index}]`,
      eatsDot: true,
      kind: 'property',
      detail: preview(item),
    }));
  }
  return Object.entries(value)
    .slice(0, maxFields)
    .map(([name, field]) => {
      if (isStep) {
        const detail = preview((field as { output?: unknown }).output);
        return { label: name, insert: `${name}.output`, kind: 'step', detail };
      }
      const plain = isPlainName(name);
      const bracket = plain ? {} : { insert: accessTo(name), eatsDot: true };
      return { label: name, ...bracket, kind: 'property', detail: preview(field) };
    });
}

/** A list of objects, which people read as a table. */
export const isRows = (value: unknown): boolean =>
  Array.isArray(value) &&
  typeof value[0] === 'object' &&
  value[0] !== null &&
  !Array.isArray(value[0]);

/** Values below one, as whole expressions: what one would else reach dot by dot. Those that are near come first. */
function below(expression: string, value: unknown, tables: boolean): Suggestion[] {
  const found: Suggestion[] = [];
  let level: [expression: string, value: unknown][] = [[expression, value]];
  for (let depth = 0; depth < depthAtOnce && level.length > 0; depth += 1) {
    const next: typeof level = [];
    for (const [start, holder] of level) {
      if (!isRecord(holder)) continue;
      for (const [name, field] of Object.entries(holder).slice(0, maxFields)) {
        if (found.length >= maxAtOnce) return found;
        const [label, detail] = [start + accessTo(name), preview(field)];
        if (tables && isRows(field)) {
          const insert = `table(${label})`;
          found.push({ label: `${label} as a table`, insert, kind: 'property', detail });
        }
        found.push({ label, kind: 'property', detail });
        next.push([label, field]);
      }
    }
    level = next;
  }
  return found;
}

/**
 * What can stand at the end of an unfinished expression: the fields of the value before the last dot, else the
 * roots, and functions. `from` is where the unfinished word begins.
 */
export function suggestions(
  expression: string,
  names: Names,
  tables = false,
): { from: number; items: Suggestion[] } {
  const match = path.exec(expression);
  const word = match?.[2] ?? '';
  const from = expression.length - word.length;
  const before = match?.[1];
  if (before !== undefined) {
    const value = lookUp(names, before);
    const isSteps = before === 'steps.';
    const fields = fieldsOf(value, isSteps);
    return { from, items: isSteps ? fields : [...fields, ...functionsFor(value)] };
  }
  if (/\.\s*$/.test(expression.slice(0, from)))
    return { from, items: [...functionsFor(undefined)] };
  const roots: Suggestion[] = Object.entries(names).map(([name, value]) => ({
    label: name,
    kind: 'property',
    detail: preview(value),
  }));
  const steps = fieldsOf(names.steps, true).map((step) => ({
    ...step,
    label: `steps.${step.label}`,
    insert: `steps.${step.insert ?? step.label}`,
  }));
  // What only this step knows, such as its row, comes before what all know.
  const ownValues = Object.entries(names)
    .filter(([name]) => !shared.has(name))
    .flatMap(([name, value]) => below(name, value, tables));
  const values = below('input', names.input, tables);
  for (const [key, step] of Object.entries((names.steps ?? {}) as object)) {
    const { output } = step as { output?: unknown };
    values.push(...below(`steps${accessTo(key)}.output`, output, tables));
  }
  const own = roots.filter(({ label }) => !shared.has(label));
  const others = roots.filter(({ label }) => shared.has(label));
  const found = [...own, ...ownValues, ...steps, ...values, ...others];
  return { from, items: [...found, ...functionsFor(undefined)] };
}
