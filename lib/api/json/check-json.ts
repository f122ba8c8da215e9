/** Deepest nesting that a value from outside may have. */
export const maxDepth = 32;

const refusedKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** What is wrong with a parsed value, and where: `path` is as in `steps[2].name`, empty for the value itself. */
export type JsonFault = { path: string; message: string };

/**
 * Looks through a value that came from outside for what no schema of ours means: nesting deeper than
 * {@link maxDepth}, keys that reach prototypes, and text that the database cannot keep (NUL, halves of
 * surrogate pairs). Returns the first fault. Needs no recursion, so depth costs it nothing.
 */
export function checkJson(value: unknown): JsonFault | undefined {
  const open: { value: unknown; path: string; depth: number }[] = [{ value, path: '', depth: 1 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value: current, path, depth } = next;
    if (typeof current === 'string') {
      if (!isStorable(current)) return { path, message: unstorable };
      continue;
    }
    if (typeof current !== 'object' || current === null) continue;
    if (depth > maxDepth) return { path, message: `is nested deeper than ${maxDepth} levels` };
    if (Array.isArray(current)) {
      current.forEach((item, index) => {
        if (mayHoldFaults(item))
          open.push({ value: item, path: `${path}[${index}]`, depth: depth + 1 });
      });
      continue;
    }
    for (const [key, item] of Object.entries(current)) {
      const inner = path === '' ? key : `${path}.${key}`;
      if (refusedKeys.has(key)) return { path: inner, message: 'is not allowed as a name' };
      if (!isStorable(key)) return { path, message: unstorable };
      if (mayHoldFaults(item)) open.push({ value: item, path: inner, depth: depth + 1 });
    }
  }
  return undefined;
}

const unstorable = 'holds a NUL character or half of a surrogate pair';

/** Whether the database can keep a text. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

function mayHoldFaults(value: unknown): boolean {
  return typeof value === 'string' || (typeof value === 'object' && value !== null);
}
