/** A command as a shell would split it: quotes, backslashes, and lines that go on. Undefined for an open quote. */
export function shellWords(command: string): string[] | undefined {
  const text = command.replace(/[\\^`]\r?\n/g, ' ');
  const words: string[] = [];
  let word: string | undefined;
  for (let at = 0; at < text.length; ) {
    const char = text[at] ?? '';
    if (/\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
      at += 1;
      continue;
    }
    const quoted = quotedAt(text, at);
    if (quoted === undefined) return undefined;
    word = (word ?? '') + quoted.text;
    at = quoted.end;
  }
  if (word !== undefined) words.push(word);
  return words;
}

/** The next part of a word: a quoted text, a character behind a backslash, or one as it is. */
function quotedAt(text: string, at: number): { text: string; end: number } | undefined {
  const char = text[at] ?? '';
  if (char === '\\') return { text: text[at + 1] ?? '', end: at + 2 };
  if (char === "'") {
    const close = text.indexOf("'", at + 1);
    return close < 0 ? undefined : { text: text.slice(at + 1, close), end: close + 1 };
  }
  if (char === '$' && text[at + 1] === "'") return until(text, at + 2, "'", unescaped);
  if (char === '"')
    return until(text, at + 1, '"', (next) => (/["\\$`\n]/.test(next) ? next : `\\${next}`));
  return { text: char, end: at + 1 };
}

function until(text: string, from: number, quote: string, read: (next: string) => string) {
  let inner = '';
  for (let at = from; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (char === quote) return { text: inner, end: at + 1 };
    if (char !== '\\') {
      inner += char;
      continue;
    }
    const unicode = quote === "'" ? /^u([0-9a-fA-F]{4})/.exec(text.slice(at + 1, at + 6)) : null;
    if (unicode) {
      inner += String.fromCharCode(Number.parseInt(unicode[1] ?? '', 16));
      at += 5;
    } else {
      inner += read(text[at + 1] ?? '');
      at += 1;
    }
  }
  return undefined;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0' };
const unescaped = (next: string): string => escapes[next] ?? next;
