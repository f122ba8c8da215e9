import type { Element } from 'domhandler';
import { elementsIn, MarkupProblem, readableText } from '../document';

/** Columns that a table may have, and how far one cell may reach. */
const mostColumns = 500;

/** The cells of a table by row; one that spans several stands in each of them. Tables inside cells are text of the cell. */
export function cellsOfTable(table: Element, mostRows: number): string[][] {
  const rows: string[][] = [];
  /** What hangs down into the next rows, by column. */
  let hanging = new Map<number, { text: string; left: number }>();
  for (const row of rowsOf(table).slice(0, mostRows + 1)) {
    const cells: string[] = [];
    const next = new Map<number, { text: string; left: number }>();
    const hang = () => {
      for (let down = hanging.get(cells.length); down; down = hanging.get(cells.length)) {
        if (down.left > 1) next.set(cells.length, { text: down.text, left: down.left - 1 });
        cells.push(down.text);
      }
    };
    for (const cell of elementsIn(row)) {
      if (cell.name !== 'td' && cell.name !== 'th') continue;
      hang();
      const text = readableText([cell]);
      const wide = spanOf(cell.attribs.colspan);
      const high = spanOf(cell.attribs.rowspan);
      for (let column = 0; column < wide; column += 1) {
        if (high > 1) next.set(cells.length, { text, left: high - 1 });
        cells.push(text);
      }
      if (cells.length > mostColumns)
        throw new MarkupProblem(`The table has more than ${mostColumns} columns.`);
    }
    hang();
    hanging = next;
    if (cells.length > 0) rows.push(cells);
  }
  return rows;
}

/** Its own rows, not those of a table in a cell. */
const rowsOf = (table: Element): Element[] =>
  elementsIn(table).flatMap((child) => {
    if (child.name === 'tr') return child;
    const isPart = ['thead', 'tbody', 'tfoot'].includes(child.name);
    return isPart ? elementsIn(child).filter(({ name }) => name === 'tr') : [];
  });

const spanOf = (text: string | undefined): number =>
  Math.min(Math.max(Number.parseInt(text ?? '1', 10) || 1, 1), mostColumns);

/** Names for columns: none is empty, and none is there twice. */
export function columnTitles(cells: readonly string[]): string[] {
  const taken = new Set<string>();
  return cells.map((cell, index) => {
    const wanted = cell.replace(/\s+/g, ' ').trim().slice(0, 200) || `column ${index + 1}`;
    let name = wanted;
    for (let number = 2; taken.has(name); number += 1) name = `${wanted} ${number}`;
    taken.add(name);
    return name;
  });
}
