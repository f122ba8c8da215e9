const hidden = new Set(['script', 'style', 'noscript', 'template', 'svg', 'head']);
const blocks = new Set([
  ...[
    'p',
    'div',
    'section',
    'article',
    'main',
    'header',
    'footer',
    'nav',
    'aside',
    'br',
    'hr',
    'tr',
  ],
  ...[
    'table',
    'ul',
    'ol',
    'li',
    'dl',
    'dt',
    'dd',
    'pre',
    'blockquote',
    'figure',
    'form',
    'h1',
    'h2',
  ],
  ...['h3', 'h4', 'h5', 'h6', 'title', 'option', 'summary', 'details'],
]);
const entities: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', ndash: '–', mdash: '—' },
  ...{ hellip: '…', rsquo: '’', lsquo: '‘', rdquo: '”', ldquo: '“', copy: '©', euro: '€' },
};

/** The readable text of an HTML page: without scripts, styles and comments, a line for each block. */
export function pageText(html: string): { title: string; text: string } {
  const parts: string[] = [];
  let title = '';
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    const end = open === -1 ? html.length : open;
    parts.push(html.slice(at, end));
    if (open === -1) break;
    if (html.startsWith('<!--', open)) {
      at = after(html, '-->', open + 4);
      continue;
    }
    const name = tagName(html, open);
    if (name === undefined) {
      parts.push('<');
      at = open + 1;
      continue;
    }
    const close = tagEnd(html, open);
    const isClosing = html[open + 1] === '/';
    at = close;
    if (!isClosing && hidden.has(name)) {
      const to = closing(html, name, close);
      if (name === 'head') title = titleIn(html.slice(close, to));
      at = to;
    } else if (blocks.has(name)) parts.push('\n');
    else if (!isClosing && (name === 'td' || name === 'th')) parts.push(' | ');
  }
  return { title, text: tidy(decode(parts.join(''))) };
}

const after = (html: string, what: string, from: number): number => {
  const found = html.indexOf(what, from);
  return found === -1 ? html.length : found + what.length;
};

function tagName(html: string, open: number): string | undefined {
  const start = html[open + 1] === '/' ? open + 2 : open + 1;
  if (html[start] === '!' || html[start] === '?') return '!';
  let end = start;
  while (end < html.length && end - start < 20 && /[A-Za-z0-9]/.test(html[end] ?? '')) end += 1;
  return end === start ? undefined : html.slice(start, end).toLowerCase();
}

/** Behind the `>` of a tag; one inside a quoted value does not count. */
function tagEnd(html: string, open: number): number {
  let quote = '';
  for (let index = open + 1; index < html.length; index += 1) {
    const letter = html[index] ?? '';
    if (quote !== '') {
      if (letter === quote) quote = '';
    } else if ((letter === '"' || letter === "'") && html[index - 1] === '=') quote = letter;
    else if (letter === '>') return index + 1;
  }
  return html.length;
}

/** Behind the closing tag of a hidden element. */
function closing(html: string, name: string, from: number): number {
  for (let at = from; ; ) {
    const found = html.indexOf('</', at);
    if (found === -1) return html.length;
    if (tagName(html, found) === name) return tagEnd(html, found);
    at = found + 2;
  }
}

function titleIn(head: string): string {
  const open = head.search(/<title[\s>]/i);
  if (open === -1) return '';
  const from = tagEnd(head, open);
  const end = head.indexOf('</', from);
  return tidy(decode(head.slice(from, end === -1 ? undefined : end))).slice(0, 300);
}

const decode = (text: string): string =>
  text.replaceAll(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return entities[name.toLowerCase()] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    const isLetter = code > 0 && code <= 0x10_ff_ff && (code < 0xd8_00 || code > 0xdf_ff);
    return isLetter ? String.fromCodePoint(code) : whole;
  });

const tidy = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.replaceAll(/[^\S\n]+/g, ' ').trim())
    .filter((line, index, all) => line !== '' || (index > 0 && all[index - 1] !== ''))
    .join('\n')
    .trim();
