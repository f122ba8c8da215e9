/** The cells of the first Markdown table in a text, its heading row first; undefined where there is none. */
export function readMarkdownTable(text: string): string[][] | undefined {
  const lines = text.split(/\r\n|\n|\r/);
  const at = lines.findIndex(
    (line, index) => index > 0 && (lines[index - 1] ?? '').includes('|') && isDivider(line),
  );
  if (at < 0) return undefined;
  const body = lines.slice(at + 1);
  const end = body.findIndex((line) => !line.includes('|'));
  return [lines[at - 1] ?? '', ...body.slice(0, end < 0 ? body.length : end)].map(cellsOf);
}

/** `| --- | :-: |` */
function isDivider(line: string): boolean {
  const cells = line.trim().replace(/^\|/, '').replace(/\|$/, '').split('|');
  return cells.every((cell) => /^:?-+:?$/.test(cell.trim()));
}

function cellsOf(line: string): string[] {
  const cells: string[] = [];
  let cell = '';
  const inner = line.trim().replace(/^\|/, '');
  for (let at = 0; at < inner.length; at += 1) {
    const [character = '', next = ''] = [inner[at], inner[at + 1]];
    if (character === '\\' && (next === '|' || next === '\\')) {
      cell += next;
      at += 1;
    } else if (character === '|') {
      cells.push(cell);
      cell = '';
    } else cell += character;
  }
  if (cells.length === 0 || cell.trim() !== '') cells.push(cell);
  return cells.map((each) => each.trim().replace(/<br\s*\/?>/gi, '\n'));
}

export function escapeMarkdown(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('|', '\\|')
    .replace(/\r\n|\n|\r/g, '<br>');
}
