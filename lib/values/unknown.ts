/** Reads of values whose shape nobody vouches for: what is not there, or is something else, is undefined. */

type Unknowns = Readonly<Record<string, unknown>>;

/** An object that is no list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectIn(value: unknown): Unknowns | undefined {
  return isRecord(value) ? value : undefined;
}

/** A value inside objects and lists, by the names and numbers that lead to it; for errors, too: `at(error, 'code')`. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let inner = value;
  for (const key of path) {
    if (typeof inner !== 'object' || inner === null) return undefined;
    inner = Reflect.get(inner, key);
  }
  return inner;
}

export function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The texts of a list, without what else stands in it. */
export function textsIn(value: unknown): string[] {
  return listIn(value).filter((item) => typeof item === 'string');
}

/** A text that has something in it. */
export function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
