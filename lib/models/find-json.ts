/** Characters that are read for values in running text, beyond the text itself: nobody writes more that is none. */
const mostRead = 8_000_000;
const mostValues = 200;

/**
 * The JSON values that a text may mean, the likeliest first: the text itself, what stands in fenced code, and objects
 * and arrays in running text, the last one first, since what was tried comes before what is meant.
 */
export function jsonIn(text: string): unknown[] {
  const values: unknown[] = [];
  const tryOne = (candidate: string) => {
    try {
      values.push(JSON.parse(candidate));
    } catch {
      // Looked like JSON, was not.
    }
  };
  tryOne(text);
  if (values.length > 0) return values;
  const fenced = [...text.matchAll(/```[ \t]*(?:json[c5]?)?[ \t]*\r?\n?([\s\S]*?)```/gi)];
  for (const [, inner = ''] of fenced.slice(-mostValues).reverse()) tryOne(inner);
  const found = valuesIn(text);
  for (const candidate of found.reverse()) values.push(candidate);
  return values;
}

/** How a value begins, other than a bracket in running text. */
const isValue = /^(?:\{\s*"[^"\n]*(?:"\s*:|$)|\[\s*(?:["{[]|-?\d[\d.]*\s*(?:,|$)))/;

function valuesIn(text: string): unknown[] {
  const values: unknown[] = [];
  const opening = /[[{]/g;
  let left = mostRead + text.length;
  for (let start = opening.exec(text); start !== null && left > 0; start = opening.exec(text)) {
    const end = closing(text, start.index);
    left -= (end ?? text.length) - start.index;
    if (end === undefined) {
      // A value that was cut off: neither its parts nor what came before it are the answer.
      if (isValue.test(text.slice(start.index, start.index + 200))) return [];
      continue;
    }
    try {
      values.push(JSON.parse(text.slice(start.index, end)));
      if (values.length > mostValues) values.shift();
      opening.lastIndex = end;
    } catch {
      // A brace in running text: values may stand inside it.
    }
  }
  return values;
}

/** Behind the bracket that closes the one at `start`; undefined when none does. */
function closing(text: string, start: number): number | undefined {
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
