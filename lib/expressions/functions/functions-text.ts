import { jsonProblemText, readJson } from '@/lib/api/json/read-json';
import { civilDate, moveMonths } from '../dates/calendar';
import { matchesPattern } from '../patterns/pattern';
import { indexIn, placesIn } from '../patterns/search';
import {
  type Budget,
  boundedText,
  boundedTextLength,
  bytesOf,
  make,
  read,
  spend,
} from '../values/budget';
import { displayText } from '../values/display-text';
import { ExpressionError } from '../values/expression-error';
import { expressionLimits } from '../values/limits';
import { formatNumber, parseNumber, roundTo } from '../values/numbers';
import { isEntries, keysOf, kindOf, measure, toJson } from '../values/values';
import { type FunctionSpec, listOf, numberOf, textOf, wholeOf } from './function-spec';
import { joinedTexts } from './functions-list';

function sizeOf(value: unknown, budget: Budget): number {
  if (typeof value === 'string') return value.length;
  if (Array.isArray(value)) return value.length;
  if (isEntries(value)) return keysOf(value, budget).length;
  throw new ExpressionError(`size() needs a list, text or object, but got ${kindOf(value)}.`);
}

/** The parts of a text between the places where another one occurs. */
function partsOf(text: string, between: string, budget: Budget): string[] {
  if (between === '') {
    if (text.length > expressionLimits.listLength)
      throw new ExpressionError('split() creates too many parts.', undefined, true);
    pay(text.length, budget);
    return text.split('');
  }
  const places = placesIn(text, between, budget);
  pay(places.length + 1, budget);
  make(budget, bytesOf.text(text.length));
  let from = 0;
  const parts = places.map((place) => {
    const part = text.slice(from, place);
    from = place + between.length;
    return part;
  });
  return [...parts, text.slice(from)];
}

function pay(parts: number, budget: Budget): void {
  spend(budget, parts);
  make(budget, parts * (bytesOf.text(0) + 8));
}

function replaced(text: string, from: string, to: string, budget: Budget): string {
  if (from === '') return text;
  const parts = partsOf(text, from, budget);
  const length = boundedTextLength(text.length + (parts.length - 1) * (to.length - from.length));
  read(budget, length);
  return parts.join(to);
}

function toNumber(value: unknown): number | null {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'string' ? parseNumber(value) : null;
}

function parseJson(text: string, budget: Budget): unknown {
  payForParsing(text, budget);
  const found = readJson(text, 65_536);
  if (!found.ok)
    throw new ExpressionError(
      `parseJson() got a text that is not JSON: ${jsonProblemText(found.problem)}.`,
    );
  measure(found.value, budget);
  return found.value;
}

/** Before it is parsed: a text of small objects and names takes twenty times its length, and the time to match. */
function payForParsing(text: string, budget: Budget): void {
  read(budget, 2 * text.length);
  let parts = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit === comma || unit === colon || unit === bracket || unit === brace) parts += 1;
  }
  spend(budget, 6 * parts);
  make(budget, bytesOf.text(text.length) + 48 * parts);
}

const [comma, colon, bracket, brace] = [0x2c, 0x3a, 0x5b, 0x7b];

function rounded(value: number, how: (value: number) => number): number {
  return how(value) + 0;
}

export const textFunctions: FunctionSpec[] = [
  {
    name: 'size',
    signature: 'size(list)',
    summary: 'Number of items, characters or fields.',
    arity: [1, 1],
    call: (args, budget) => sizeOf(args[0], budget),
  },
  {
    name: 'string',
    signature: 'string(value)',
    summary: 'Converts a value to text.',
    arity: [1, 1],
    call: (args, budget) => displayText(args[0], budget),
  },
  {
    name: 'json',
    signature: 'json(value)',
    summary: 'Converts a value to JSON text.',
    arity: [1, 1],
    call: (args, budget) => boundedText(toJson(args[0], budget)),
  },
  {
    name: 'parseJson',
    signature: 'parseJson(text)',
    summary: 'Parses a JSON text.',
    arity: [1, 1],
    call: (args, budget) => parseJson(textOf('parseJson', args[0]), budget),
  },
  {
    name: 'lower',
    signature: 'text.lower()',
    summary: 'Text in lower case.',
    arity: [1, 1],
    call: (args) => boundedText(textOf('lower', args[0]).toLowerCase()),
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
    summary: 'Text without leading and trailing spaces.',
    arity: [1, 1],
    call: (args) => textOf('trim', args[0]).trim(),
  },
  {
    name: 'contains',
    signature: 'text.contains("part")',
    summary: 'Whether a text contains another one.',
    arity: [2, 2],
    call: (args, budget) =>
      indexIn(textOf('contains', args[0]), textOf('contains', args[1]), budget) >= 0,
  },
  {
    name: 'startsWith',
    signature: 'text.startsWith("part")',
    summary: 'Whether a text starts with another one.',
    arity: [2, 2],
    call: (args) => textOf('startsWith', args[0]).startsWith(textOf('startsWith', args[1])),
  },
  {
    name: 'endsWith',
    signature: 'text.endsWith("part")',
    summary: 'Whether a text ends with another one.',
    arity: [2, 2],
    call: (args) => textOf('endsWith', args[0]).endsWith(textOf('endsWith', args[1])),
  },
  {
    name: 'indexOf',
    signature: 'text.indexOf("part")',
    summary: 'Position of a text inside another, or -1.',
    arity: [2, 2],
    call: (args, budget) => indexIn(textOf('indexOf', args[0]), textOf('indexOf', args[1]), budget),
  },
  {
    name: 'matches',
    signature: 'text.matches("pattern")',
    summary: 'Whether a regular expression (RE2 syntax) matches somewhere in the text.',
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
    summary: 'Splits a text into a list.',
    arity: [2, 2],
    call: (args, budget) => partsOf(textOf('split', args[0]), textOf('split', args[1]), budget),
  },
  {
    name: 'replace',
    signature: 'text.replace("from", "to")',
    summary: 'Replaces every occurrence.',
    arity: [3, 3],
    call: (args, budget) =>
      replaced(
        textOf('replace', args[0]),
        textOf('replace', args[1]),
        textOf('replace', args[2]),
        budget,
      ),
  },
  {
    name: 'lines',
    signature: 'list.lines()',
    summary: 'A list as text, one item per line.',
    arity: [1, 1],
    call: (args, budget) =>
      joinedTexts(listOf('lines', args[0]), '\n', budget, (item) => displayText(item, budget)),
  },
];

export const numberFunctions: FunctionSpec[] = [
  {
    name: 'toNumber',
    signature: 'toNumber(text)',
    summary: 'The number in a text; null if there is none.',
    arity: [1, 1],
    call: (args) => toNumber(args[0]),
  },
  {
    name: 'double',
    signature: 'double(text)',
    summary: 'The number in a text; an error if there is none.',
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
    summary: 'Integer part of a number.',
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
    summary: 'Rounds to the nearest number.',
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
    summary: 'Absolute value of a number.',
    arity: [1, 1],
    call: (args) => Math.abs(numberOf('abs', args[0])),
  },
  {
    name: 'formatNumber',
    signature: 'formatNumber(number, digits)',
    summary: 'Number with thousands separators: 1,234.50.',
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
    summary: 'Type of a value: "number", "text", "list", …',
    arity: [1, 1],
    call: (args) => kindOf(args[0]).replace(/^an? /, ''),
  },
];

export const dateFunctions: FunctionSpec[] = [
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
    summary: 'Adds months to a month or date.',
    arity: [2, 2],
    call: (args) => moveMonths(textOf('addMonths', args[0]), wholeOf('addMonths', args[1])),
  },
];
