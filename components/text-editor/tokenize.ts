/** What a highlighted stretch of text is; `cm-token-<kind>` styles it. */
export type TokenKind =
  | 'brace'
  | 'root'
  | 'property'
  | 'call'
  | 'keyword'
  | 'number'
  | 'string'
  | 'operator'
  | 'heading'
  | 'comment';
export type Token = { from: number; to: number; kind: TokenKind };
export type TextLanguage = 'template' | 'expression' | 'json' | 'javascript' | 'plain';

const expressionToken =
  /(?<string>"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?)|(?<number>\b\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\b)|(?<keyword>\b(?:true|false|null|in)\b)|(?<root>(?<![.\w])(?:steps|input|run|fields)\b)|(?<call>[A-Za-z_]\w*(?=\s*\())|(?<property>[A-Za-z_]\w*)|(?<operator>[+\-*/%<>=!&|?:]+)/g;

const javascriptToken =
  /(?<comment>\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<string>"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|`(?:[^`\\]|\\[\s\S])*`?)|(?<number>\b\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?n?\b)|(?<keyword>\b(?:async|await|break|case|catch|class|const|continue|default|delete|do|else|extends|false|finally|for|function|if|in|instanceof|let|new|null|of|return|static|super|switch|this|throw|true|try|typeof|undefined|var|void|while|yield)\b)|(?<root>(?<![.\w$])(?:steps|input|run|console|require)\b)|(?<call>[A-Za-z_$][\w$]*(?=\s*\())|(?<property>(?<=\.)[A-Za-z_$][\w$]*)|(?<operator>[+\-*/%<>=!&|?:^~]+)/g;

const jsonToken =
  /(?<property>"(?:[^"\\\n]|\\.)*"(?=\s*:))|(?<string>"(?:[^"\\\n]|\\.)*"?)|(?<number>-?\b\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\b)|(?<keyword>\b(?:true|false|null)\b)/g;

const hole = /\{\{[\s\S]*?(?:\}\}|$)/g;

function scan(text: string, pattern: RegExp, offset: number): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(pattern)) {
    const kind = Object.entries(match.groups ?? {}).find(([, value]) => value !== undefined)?.[0];
    if (kind === undefined || match[0] === '') continue;
    const from = offset + match.index;
    tokens.push({ from, to: from + match[0].length, kind: kind as TokenKind });
  }
  return tokens;
}

function holes(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(hole)) {
    const closed = match[0].endsWith('}}') && match[0].length >= 4;
    const from = match.index;
    const to = from + match[0].length;
    tokens.push({ from, to: from + 2, kind: 'brace' });
    const inner = match[0].slice(2, closed ? -2 : undefined);
    tokens.push(...scan(inner, expressionToken, from + 2));
    if (closed) tokens.push({ from: to - 2, to, kind: 'brace' });
  }
  return tokens;
}

function headings(text: string): Token[] {
  return [...text.matchAll(/^#{1,6} .*$/gm)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
    kind: 'heading' as const,
  }));
}

/**
 * Highlighted stretches of a text, in UTF-16 units, sorted by start. Pure and linear in the text's
 * length. Holes (`{{ … }}`) are found in templates and in JSON; elsewhere they are ordinary text.
 */
export function tokenize(text: string, language: TextLanguage): Token[] {
  switch (language) {
    case 'plain':
      return [];
    case 'expression':
      return scan(text, expressionToken, 0);
    case 'javascript':
      return scan(text, javascriptToken, 0);
    case 'template':
      return [...headings(text), ...holes(text)].sort((a, b) => a.from - b.from || b.to - a.to);
    case 'json': {
      const inner = holes(text);
      const outer = scan(text, jsonToken, 0);
      return [...outer, ...inner].sort((a, b) => a.from - b.from || b.to - a.to);
    }
  }
}

/** Where an expression is being written at a position: its start, or undefined outside of any hole. */
export function expressionStart(
  text: string,
  position: number,
  language: TextLanguage,
): number | undefined {
  if (language === 'expression' || language === 'javascript') return 0;
  if (language === 'plain') return undefined;
  const open = text.lastIndexOf('{{', position - 1);
  if (open === -1 || open + 2 > position) return undefined;
  const closed = text.indexOf('}}', open + 2);
  return closed !== -1 && closed < position ? undefined : open + 2;
}
