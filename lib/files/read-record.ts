/** One row of a delimited text, as it stands: its cells, where each begins, and where the next row begins. */
export type Record = { cells: string[]; starts: number[]; next: number };
export type RecordProblem = { at: number; problem: string };

const quote = '"';

/**
 * Reads the row that begins at `from`. CRLF, LF and CR each end it, whichever the rows before used; inside quotes
 * they belong to the cell. A cell is quoted when its first character that is no blank is `"`; `""` in it is one `"`.
 * Blanks around a cell without quotes are left out.
 */
export function readRecord(text: string, from: number, delimiter: string): Record | RecordProblem {
  const cells: string[] = [];
  const starts: number[] = [];
  for (let at = from; ; at += 1) {
    starts.push(at);
    const first = afterBlanks(text, at);
    if (text[first] === quote) {
      const cell = readQuoted(text, first, delimiter);
      if ('problem' in cell) return cell;
      cells.push(cell.value);
      at = cell.end;
    } else {
      const end = endOfPlain(text, at, delimiter);
      cells.push(text.slice(at, end).trim());
      at = end;
    }
    if (text[at] !== delimiter) return { cells, starts, next: afterLineEnd(text, at) };
  }
}

function afterBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ') at += 1;
  return at;
}

function endOfPlain(text: string, from: number, delimiter: string): number {
  let at = from;
  for (; at < text.length; at += 1) {
    const character = text[at];
    if (character === delimiter || character === '\n' || character === '\r') break;
  }
  return at;
}

function afterLineEnd(text: string, at: number): number {
  return text[at] === '\r' && text[at + 1] === '\n' ? at + 2 : at + 1;
}

function readQuoted(
  text: string,
  open: number,
  delimiter: string,
): { value: string; end: number } | RecordProblem {
  for (let from = open + 1; ; ) {
    const close = text.indexOf(quote, from);
    if (close < 0) return { at: open, problem: 'the quote that opens here is never closed.' };
    if (text[close + 1] === quote) {
      from = close + 2;
      continue;
    }
    const value = text.slice(open + 1, close).replaceAll('""', quote);
    const end = afterBlanks(text, close + 1);
    const after = text[end];
    if (after === undefined || after === delimiter || after === '\n' || after === '\r')
      return { value, end };
    return {
      at: end,
      problem:
        'text after the closing quote of a cell. Inside a quoted cell a quote is written twice: "".',
    };
  }
}
