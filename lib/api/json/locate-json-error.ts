export type JsonErrorPlace = { line: number; column: number; message: string };

type Cursor = { text: string; at: number };
const fault = (at: number, message: string) => ({ at, message });
type Fault = ReturnType<typeof fault>;

/**
 * Where a text stops being JSON (RFC 8259), counted from 1, and what was expected there; undefined for JSON.
 * Engines disagree on whether their parse error tells a position, so this reads the grammar itself. It is meant
 * for text that `JSON.parse` refused, and keeps its own stack, so that depth costs it nothing.
 */
export function locateJsonError(text: string): JsonErrorPlace | undefined {
  const found = firstFault({ text, at: 0 });
  if (!found) return undefined;
  const before = text.slice(0, found.at);
  const lineStart = before.lastIndexOf('\n') + 1;
  return {
    line: before.split('\n').length,
    column: found.at - lineStart + 1,
    message: found.at >= text.length ? `${found.message}, but the text ends` : found.message,
  };
}

function firstFault(cursor: Cursor): Fault | undefined {
  /** Closers of the open arrays and objects. */
  const open: (']' | '}')[] = [];
  let wants: 'value' | 'value-or-close' | 'key' | 'key-or-close' | 'comma' = 'value';
  for (;;) {
    skipSpace(cursor);
    const char = cursor.text[cursor.at];
    const closer = open.at(-1);
    if (wants === 'comma') {
      if (!closer)
        return char === undefined ? undefined : fault(cursor.at, 'expected nothing more');
      if (char === closer) open.pop();
      else if (char !== ',') return fault(cursor.at, `expected "," or "${closer}"`);
      else wants = closer === '}' ? 'key' : 'value';
      cursor.at += 1;
    } else if (wants.endsWith('or-close') && char === closer) {
      cursor.at += 1;
      open.pop();
      wants = 'comma';
    } else if (wants.startsWith('key')) {
      const wrong = readKey(cursor);
      if (wrong) return wrong;
      wants = 'value';
    } else if (char === '[' || char === '{') {
      cursor.at += 1;
      open.push(char === '[' ? ']' : '}');
      wants = char === '[' ? 'value-or-close' : 'key-or-close';
    } else {
      const wrong = readScalar(cursor);
      if (wrong) return wrong;
      wants = 'comma';
    }
  }
}

function readKey(cursor: Cursor): Fault | undefined {
  if (cursor.text[cursor.at] !== '"') return fault(cursor.at, 'expected a name in double quotes');
  const wrong = readString(cursor);
  if (wrong) return wrong;
  skipSpace(cursor);
  if (cursor.text[cursor.at] !== ':') return fault(cursor.at, 'expected ":"');
  cursor.at += 1;
  return undefined;
}

function readScalar(cursor: Cursor): Fault | undefined {
  if (cursor.text[cursor.at] === '"') return readString(cursor);
  const scalar = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)/y;
  scalar.lastIndex = cursor.at;
  if (!scalar.test(cursor.text)) return fault(cursor.at, 'expected a value');
  cursor.at = scalar.lastIndex;
  return undefined;
}

function readString(cursor: Cursor): Fault | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids exactly these inside a text.
  const part = /(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y;
  part.lastIndex = cursor.at + 1;
  part.test(cursor.text);
  cursor.at = part.lastIndex;
  const char = cursor.text[cursor.at];
  if (char === '"') {
    cursor.at += 1;
    return undefined;
  }
  if (char === '\\') return fault(cursor.at, 'unknown escape in a text');
  return fault(
    cursor.at,
    char === undefined
      ? 'expected the closing quote'
      : 'a text cannot hold this character: escape it',
  );
}

function skipSpace(cursor: Cursor): void {
  const space = /[ \t\r\n]*/y;
  space.lastIndex = cursor.at;
  space.test(cursor.text);
  cursor.at = space.lastIndex;
}
