export type Cell = string | number | null;

/** How numbers are told: as written plainly (`1234.5`); with a point (`1,234.5`); with a comma (`1.234,5`); not at all. */
export const numberStyles = ['plain', 'point', 'comma', 'text'] as const;
export type NumberStyle = (typeof numberStyles)[number];

/** Digits that a number keeps exactly. */
const exactDigits = 15;
const plain = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const styled = {
  point:
    /^-?(?:0|[1-9]\d*|[1-9]\d{0,2}(?:[, \u00a0\u2009\u202f'’]\d{3})+)(?:\.\d+)?(?:e[+-]?\d{1,3})?$/i,
  comma:
    /^-?(?:0|[1-9]\d*|[1-9]\d{0,2}(?:[. \u00a0\u2009\u202f'’]\d{3})+)(?:,\d+)?(?:e[+-]?\d{1,3})?$/i,
};
/** Texts that a looser reader would take for numbers, and so change: codes, long ids, phone numbers. */
const codeLike = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/**
 * Values of one column. It is a column of numbers when every number in it, written again, stands as it stood: `007`,
 * `+15551230001`, `713752e1`, ids of more than 15 digits and versions such as `1.9` beside `1.10` make all of it text.
 * Prices with a fixed count of decimals (`31.40`) are numbers. Words between numbers stay words; empty cells are null.
 */
export function columnValues(
  cells: readonly string[],
  style: NumberStyle,
  delimiter: string,
): Cell[] {
  const read = readerFor(cells, style, delimiter);
  return cells.map((cell) => {
    const text = unwrapped(cell);
    if (text.trim() === '') return null;
    // ="007" is how programs keep Excel from making a number of a code.
    return text === cell ? (read(text.trim()) ?? text) : text;
  });
}

function unwrapped(cell: string): string {
  return /^="([^"]*)"$/.exec(cell)?.[1] ?? cell;
}

function readerFor(
  cells: readonly string[],
  style: NumberStyle,
  delimiter: string,
): (text: string) => number | undefined {
  const never = () => undefined;
  if (style === 'text') return never;
  const read = style === 'plain' ? readPlain : (text: string) => readStyled(text, style);
  const texts = cells.filter((cell) => unwrapped(cell) === cell).map((cell) => cell.trim());
  const numeric = texts.filter((text) => read(text) !== undefined);
  if (texts.some((text) => codeLike.test(text) && read(text) === undefined)) return never;
  if (style === 'plain' && !(isShortest(numeric) && !isGrouped(numeric, delimiter))) return never;
  return read;
}

function readPlain(text: string): number | undefined {
  if (!plain.test(text) || digitsOf(text) > exactDigits || text === '-0') return undefined;
  return Number(text) + 0;
}

function readStyled(text: string, style: 'point' | 'comma'): number | undefined {
  if (!styled[style].test(text) || digitsOf(text) > exactDigits) return undefined;
  const bare = text.replace(
    style === 'point' ? /[, \u00a0\u2009\u202f'’]/g : /[. \u00a0\u2009\u202f'’]/g,
    '',
  );
  const value = Number(bare.replace(',', '.')) + 0;
  return Number.isFinite(value) ? value : undefined;
}

function digitsOf(text: string): number {
  return text.replace(/e.*$/i, '').replace(/\D/g, '').replace(/^0+/, '').length;
}

/** Whether fractions are written as numbers are: in full, or all with the same count of digits, or `.0` behind whole ones. */
function isShortest(numbers: readonly string[]): boolean {
  const fractions = numbers.flatMap((text) => text.split('.')[1] ?? []);
  const padded = fractions.filter((digits) => digits.endsWith('0'));
  if (padded.every((digits) => digits === '0')) return true;
  return fractions.every((digits) => digits.length === fractions[0]?.length);
}

/** `1.234` beside semicolons or tabs may be a thousand and more, as much of Europe writes it: nobody can tell. */
function isGrouped(numbers: readonly string[], delimiter: string): boolean {
  const fractions = numbers.filter((text) => text.includes('.'));
  if (delimiter === ',' || fractions.length === 0) return false;
  return fractions.every((text) => /^-?[1-9]\d{0,2}\.\d{3}$/.test(text));
}
