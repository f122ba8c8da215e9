import { boundedLength, boundedText, spend } from './budget';
import { civilDate, moveMonths } from './calendar';
import { ExpressionError } from './expression-error';
import { type FunctionSpec, listOf, numberOf, textOf, wholeOf } from './function-spec';
import { formatNumber, parseNumber, roundTo } from './numbers';
import { matchesPattern } from './pattern';
import { isEntries, kindOf, measure, toJson } from './values';

/** How a value reads inside a text: texts as they are, nothing for null, JSON for the rest. */
export function displayText(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === null || value === undefined ? '' : toJson(value);
}

function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (Array.isArray(value)) return value.length;
  if (isEntries(value)) return Object.keys(value).length;
  throw new ExpressionError(`size() needs a list, text or object, but got ${kindOf(value)}.`);
}

function replaced(text: string, from: string, to: string): string {
  if (from === '') return text;
  const parts = text.split(from);
  if (text.length + (parts.length - 1) * to.length > 4_000_000) boundedText(text.padEnd(2_000_001));
  return boundedText(parts.join(to));
}

function toNumber(value: unknown): number | null {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'string' ? parseNumber(value) : null;
}

function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ExpressionError('parseJson() got a text that is not JSON.');
  }
  measure(value);
  return value;
}

function rounded(value: number, how: (value: number) => number): number {
  return how(value) + 0;
}

const textSpecs: FunctionSpec[] = [
  {
    name: 'size',
    signature: 'size(list)',
    summary: 'Number of items, characters or fields.',
    arity: [1, 1],
    call: (args) => sizeOf(args[0]),
  },
  {
    name: 'string',
    signature: 'string(value)',
    summary: 'A value as text.',
    arity: [1, 1],
    call: (args) => displayText(args[0]),
  },
  {
    name: 'json',
    signature: 'json(value)',
    summary: 'A value as JSON text.',
    arity: [1, 1],
    call: (args) => boundedText(toJson(args[0])),
  },
  {
    name: 'parseJson',
    signature: 'parseJson(text)',
    summary: 'The value of a JSON text.',
    arity: [1, 1],
    call: (args) => parseJson(textOf('parseJson', args[0])),
  },
  {
    name: 'lower',
    signature: 'text.lower()',
    summary: 'Text in lower case.',
    arity: [1, 1],
    call: (args) => textOf('lower', args[0]).toLowerCase(),
  },
  {
    name: 'upper',
    signature: 'text.upper()',
    summary: 'Text in upper case.',
    arity: [1, 1],
    call: (args) => boundedText(textOf('upper', args[0]).toUpperCase()),
  },
  {
    name: 'trim',
    signature: 'text.trim()',
    summary: 'Text without blanks at its ends.',
    arity: [1, 1],
    call: (args) => textOf('trim', args[0]).trim(),
  },
  {
    name: 'contains',
    signature: 'text.contains("part")',
    summary: 'Whether a text holds another one.',
    arity: [2, 2],
    call: (args) => textOf('contains', args[0]).includes(textOf('contains', args[1])),
  },
  {
    name: 'startsWith',
    signature: 'text.startsWith("part")',
    summary: 'Whether a text begins so.',
    arity: [2, 2],
    call: (args) => textOf('startsWith', args[0]).startsWith(textOf('startsWith', args[1])),
  },
  {
    name: 'endsWith',
    signature: 'text.endsWith("part")',
    summary: 'Whether a text ends so.',
    arity: [2, 2],
    call: (args) => textOf('endsWith', args[0]).endsWith(textOf('endsWith', args[1])),
  },
  {
    name: 'indexOf',
    signature: 'text.indexOf("part")',
    summary: 'Where a text begins inside another, or -1.',
    arity: [2, 2],
    call: (args) => textOf('indexOf', args[0]).indexOf(textOf('indexOf', args[1])),
  },
  {
    name: 'matches',
    signature: 'text.matches("pattern")',
    summary: 'Whether a regular expression (RE2 syntax) fits somewhere in the text.',
    arity: [2, 2],
    call: (args, budget) =>
      matchesPattern(textOf('matches', args[0]), textOf('matches', args[1]), budget),
  },
  {
    name: 'substring',
    signature: 'text.substring(start, end)',
    summary: 'Part of a text.',
    arity: [2, 3],
    call: (args) => {
      const end = args.length > 2 ? wholeOf('substring', args[2]) : undefined;
      return textOf('substring', args[0]).slice(Math.max(0, wholeOf('substring', args[1])), end);
    },
  },
  {
    name: 'split',
    signature: 'text.split(",")',
    summary: 'A list out of a text.',
    arity: [2, 2],
    call: (args, budget) => {
      const parts = textOf('split', args[0]).split(textOf('split', args[1]));
      spend(budget, boundedLength(parts.length));
      return parts;
    },
  },
  {
    name: 'replace',
    signature: 'text.replace("from", "to")',
    summary: 'Replaces every occurrence.',
    arity: [3, 3],
    call: (args, budget) => {
      const text = textOf('replace', args[0]);
      spend(budget, text.length);
      return replaced(text, textOf('replace', args[1]), textOf('replace', args[2]));
    },
  },
  {
    name: 'lines',
    signature: 'list.lines()',
    summary: 'A list as text, one item a line.',
    arity: [1, 1],
    call: (args) => boundedText(listOf('lines', args[0]).map(displayText).join('\n')),
  },
];

const numberSpecs: FunctionSpec[] = [
  {
    name: 'toNumber',
    signature: 'toNumber(text)',
    summary: 'The number that a text holds; null when it holds none.',
    arity: [1, 1],
    call: (args) => toNumber(args[0]),
  },
  {
    name: 'double',
    signature: 'double(text)',
    summary: 'The number that a text holds; an error when it holds none.',
    arity: [1, 1],
    call: (args) => {
      const value = toNumber(args[0]);
      if (value === null)
        throw new ExpressionError('double() needs a number or a text that holds one.');
      return value;
    },
  },
  {
    name: 'int',
    signature: 'int(number)',
    summary: 'Whole part of a number.',
    arity: [1, 1],
    call: (args) => {
      const value = toNumber(args[0]);
      if (value === null)
        throw new ExpressionError('int() needs a number or a text that holds one.');
      return rounded(value, Math.trunc);
    },
  },
  {
    name: 'round',
    signature: 'round(number, digits)',
    summary: 'Rounds half away from zero.',
    arity: [1, 2],
    call: (args) =>
      roundTo(numberOf('round', args[0]), args.length > 1 ? wholeOf('round', args[1]) : 0),
  },
  {
    name: 'floor',
    signature: 'floor(number)',
    summary: 'Rounds down.',
    arity: [1, 1],
    call: (args) => rounded(numberOf('floor', args[0]), Math.floor),
  },
  {
    name: 'ceil',
    signature: 'ceil(number)',
    summary: 'Rounds up.',
    arity: [1, 1],
    call: (args) => rounded(numberOf('ceil', args[0]), Math.ceil),
  },
  {
    name: 'abs',
    signature: 'abs(number)',
    summary: 'Size of a number without its sign.',
    arity: [1, 1],
    call: (args) => Math.abs(numberOf('abs', args[0])),
  },
  {
    name: 'formatNumber',
    signature: 'formatNumber(number, digits)',
    summary: 'Number with thousands marks: 1,234.50.',
    arity: [1, 2],
    call: (args) =>
      formatNumber(
        numberOf('formatNumber', args[0]),
        args.length > 1 ? wholeOf('formatNumber', args[1]) : 0,
      ),
  },
  {
    name: 'type',
    signature: 'type(value)',
    summary: 'What kind a value is: "number", "text", "list", …',
    arity: [1, 1],
    call: (args) => kindOf(args[0]).replace(/^an? /, ''),
  },
];

const dateSpecs: FunctionSpec[] = [
  {
    name: 'year',
    signature: 'year("2026-03-14")',
    summary: 'Year of an ISO date or time.',
    arity: [1, 1],
    call: (args) => civilDate(textOf('year', args[0])).year,
  },
  {
    name: 'month',
    signature: 'month("2026-03-14")',
    summary: 'Month (1 to 12) of an ISO date or time.',
    arity: [1, 1],
    call: (args) => civilDate(textOf('month', args[0])).month,
  },
  {
    name: 'day',
    signature: 'day("2026-03-14")',
    summary: 'Day of the month of an ISO date or time.',
    arity: [1, 1],
    call: (args) => civilDate(textOf('day', args[0])).day,
  },
  {
    name: 'addMonths',
    signature: 'addMonths("2026-03", 1)',
    summary: 'A month or date moved by months.',
    arity: [2, 2],
    call: (args) => moveMonths(textOf('addMonths', args[0]), wholeOf('addMonths', args[1])),
  },
];

export const textFunctions: FunctionSpec[] = [...textSpecs, ...numberSpecs, ...dateSpecs];
