/** Line and column of a place in a text, both counted from 1. CRLF, LF and CR alone each end a line. */
export function placeOf(text: string, index: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (const end of text.slice(0, index).matchAll(/\r\n|\n|\r/g)) {
    line += 1;
    start = end.index + end[0].length;
  }
  return { line, column: index - start + 1 };
}

/** A sentence about a place: `Line 3, column 8: what is wrong.` */
export function problemAt(text: string, index: number, message: string): string {
  const { line, column } = placeOf(text, index);
  return `Line ${line}, column ${column}: ${message}`;
}
