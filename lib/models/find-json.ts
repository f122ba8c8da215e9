import { type JsonProblem, readJson } from '@/lib/api/json/read-json';

/** Characters that are read for values in running text, beyond the text itself: nobody writes more that is none. */
const maxRead = 8_000_000;
const maxValues = 200;

/** What a text may mean, the likeliest first; `twice`: what else it holds is JSON that names a field twice. */
export type FoundJson = { values: unknown[]; twice?: JsonProblem };

/**
 * The JSON values that a text may mean, the likeliest first: the text itself, what stands in fenced code, and objects
 * and arrays in running text, the last one first, since what was tried comes before what is meant. Numbers keep their
 * digits; a value that names a field twice is none.
 */
export function jsonIn(text: string): FoundJson {
  const values: unknown[] = [];
  const found: FoundJson = { values };
  const tryOne = (candidate: string) => {
    const read = readJson(candidate, 0);
    if (read.ok) values.push(read.value);
    else if (read.problem.twice) found.twice = read.problem;
  };
  tryOne(text);
  if (values.length > 0 || found.twice) return found;
  const fenced = [...text.matchAll(/```[ \t]*(?:json[c5]?)?[ \t]*\r?\n?([\s\S]*?)```/gi)];
  for (const [, inner = ''] of fenced.slice(-maxValues).reverse()) tryOne(inner);
  const running = valuesIn(text);
  values.push(...running.values.reverse());
  found.twice ??= running.twice;
  return found;
}

/** How a value begins, other than a bracket in running text. */
const isValue = /^(?:\{\s*"[^"\n]*(?:"\s*:|$)|\[\s*(?:["{[]|-?\d[\d.]*\s*(?:,|$)))/;

function valuesIn(text: string): FoundJson {
  const values: unknown[] = [];
  let twice: JsonProblem | undefined;
  const opening = /[[{]/g;
  let left = maxRead + text.length;
  for (let start = opening.exec(text); start !== null && left > 0; start = opening.exec(text)) {
    const end = closingOf(text, start.index);
    left -= (end ?? text.length) - start.index;
    if (end === undefined) {
      // A value that was cut off: neither its parts nor what came before it are the answer.
      if (isValue.test(text.slice(start.index, start.index + 200))) return { values: [] };
      continue;
    }
    const read = readJson(text.slice(start.index, end), 0);
    // A brace in running text: values may stand inside it.
    if (!read.ok && !read.problem.twice) continue;
    if (read.ok) values.push(read.value);
    else {
      // As with one that was cut off: what came before it was not meant.
      values.length = 0;
      twice = read.problem;
    }
    if (values.length > maxValues) values.shift();
    opening.lastIndex = end;
  }
  return twice ? { values, twice } : { values };
}

/** Behind the bracket that closes the one at `start`; undefined when none does. */
export function closingOf(text: string, start: number): number | undefined {
  let depth = 0;
  let quoted = false;
  for (let index = start; index < text.length; index += 1) {
    const char = text[index];
    if (quoted) {
      if (char === '\\') index += 1;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') {
      depth -= 1;
      if (depth === 0) return index + 1;
    }
  }
  return undefined;
}
