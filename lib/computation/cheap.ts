import type { Budget } from '@/lib/expressions/values/budget';
import { type Entries, isEntries } from '@/lib/expressions/values/values';
import type { Text } from './texts';

/**
 * What may be worked out in place, where others wait meanwhile: short texts without patterns over small values, with
 * so little work and memory that 5 ms are enough. What turns out to need more is begun again on a thread of its own.
 */
const cheap = { source: 4_000, values: 4_000, characters: 100_000 } as const;
const quick: Budget = { left: 40_000, bytes: 2_000_000 };

/** The part of a budget that may be used in place. */
export function quickBudget({ left, bytes }: Budget): Budget {
  return { left: Math.min(left, quick.left), bytes: Math.min(bytes, quick.bytes) };
}

/** Whether a job may be tried in place. */
export function isCheap({
  texts,
  names,
}: {
  texts: readonly (Pick<Text, 'text'> & Partial<Text>)[];
  names: Entries;
}): boolean {
  let source = 0;
  for (const { text } of texts) {
    source += text.length;
    if (source > cheap.source || text.includes('matches')) return false;
  }
  return isSmall(names);
}

const known = new WeakMap<object, Size>();
type Size = { values: number; characters: number };

/** Whether a value is small; looks at no more of it than it takes to say so, and at each object once. */
export function isSmall(value: unknown): boolean {
  const { values, characters } = sizeOf(value);
  return values <= cheap.values && characters <= cheap.characters;
}

function sizeOf(value: unknown): Size {
  if (typeof value === 'string') return { values: 1, characters: value.length };
  if (typeof value !== 'object' || value === null) return { values: 1, characters: 0 };
  const before = known.get(value);
  if (before !== undefined) return before;
  const size: Size = { values: 1, characters: 0 };
  const add = (part: unknown) => {
    const { values, characters } = sizeOf(part);
    size.values += values;
    size.characters += characters;
    return size.values <= cheap.values && size.characters <= cheap.characters;
  };
  if (Array.isArray(value)) value.every(add);
  else for (const key in value) if (!(add(key) && add(Reflect.get(value, key)))) break;
  if (size.values > 20) known.set(value, size);
  return size;
}

/**
 * The names that texts can mean, so that nothing else is brought to a thread: a name that does not stand in a text
 * cannot be asked for. Of the steps those alone that are named, where no step is named by a value.
 */
export function namesIn(texts: readonly { text: string }[], names: Entries): Entries {
  const text = texts.map((one) => one.text).join('\n');
  const kept: Entries = {};
  for (const [name, value] of Object.entries(names)) {
    if (!text.includes(name)) continue;
    kept[name] = name === 'steps' && isEntries(value) ? stepsIn(text, value) : value;
  }
  return kept;
}

function stepsIn(text: string, steps: Entries): Entries {
  // `steps` without a dot behind it may become any key.
  if (/\bsteps\b(?!\.)/.test(text)) return steps;
  return Object.fromEntries(Object.entries(steps).filter(([key]) => text.includes(key)));
}
