import { usualLimits } from '@/lib/runs/limits';

/** How deep a value may nest before it becomes part of a run's journal. */
const deepest = 64;

export type Cleaned = { ok: true; value: unknown } | { ok: false; reason: string };

/**
 * A value as the journal can hold it: plain JSON, without the two things that JSON allows and Postgres refuses
 * (the NUL character and halves of surrogate pairs), which become U+FFFD. Refused when it is too large, too deep
 * or not JSON at all. What JSON does not know (undefined, functions) is left out.
 */
export function cleanValue(value: unknown, characters = usualLimits.characters): Cleaned {
  let text: string | undefined;
  try {
    text = JSON.stringify(value ?? null);
  } catch {
    return { ok: false, reason: 'it cannot be written as JSON' };
  }
  if (text === undefined) return { ok: true, value: null };
  if (text.length > characters) {
    return {
      ok: false,
      reason: `it has ${text.length} characters as JSON; at most ${characters} are allowed`,
    };
  }
  const plain: unknown = JSON.parse(text);
  if (tooDeep(plain, deepest)) {
    return { ok: false, reason: `it is nested deeper than ${deepest} levels` };
  }
  return { ok: true, value: /\\u0000|\\ud[89a-f]/i.test(text) ? wellFormed(plain) : plain };
}

/** A text without NUL and without halves of surrogate pairs. */
export function cleanText(text: string): string {
  return text.replaceAll('\u0000', '\uFFFD').toWellFormed();
}

function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(wellFormed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [cleanText(key), wellFormed(inner)]),
  );
}

function tooDeep(value: unknown, left: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (left === 0) return true;
  return Object.values(value).some((inner) => tooDeep(inner, left - 1));
}
