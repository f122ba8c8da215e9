import { type Budget, boundedText, bytesOf, make, read } from '../values/budget';
import { displayText } from '../values/display-text';
import { ExpressionError } from '../values/expression-error';
import { entriesOf, type FunctionSpec, textOf } from './function-spec';

/** Pays for a text that is read and another that is made of it, up to `grows` times as long. */
export function payText(text: string, grows: number, budget: Budget): void {
  read(budget, text.length * (1 + grows));
  make(budget, bytesOf.text(text.length * grows));
}

function encoded(value: unknown, budget: Budget): string {
  const text = displayText(value, budget).toWellFormed();
  payText(text, 3, budget);
  return boundedText(encodeURIComponent(text));
}

function decoded(text: string, budget: Budget): string {
  payText(text, 1, budget);
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new ExpressionError('urlDecode() got a text with a "%" that is not followed by a code.');
  }
}

function queryOf(fields: Record<string, unknown>, budget: Budget): string {
  const pairs = Object.entries(fields).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value])
      .filter((one) => one !== null && one !== undefined)
      .map((one) => `${encoded(name, budget)}=${encoded(one, budget)}`),
  );
  return boundedText(pairs.join('&'));
}

export const urlFunctions: FunctionSpec[] = [
  {
    name: 'urlEncode',
    signature: 'urlEncode(text)',
    summary: 'Encodes a text for use in a URL: spaces, &, / and so on.',
    arity: [1, 1],
    call: (args, budget) => encoded(args[0], budget),
  },
  {
    name: 'urlEncodePath',
    signature: 'urlEncodePath(text)',
    summary: 'Encodes a URL path; “/” is kept.',
    arity: [1, 1],
    call: (args, budget) =>
      displayText(args[0], budget)
        .split('/')
        .map((part) => encoded(part, budget))
        .join('/'),
  },
  {
    name: 'urlDecode',
    signature: 'urlDecode(text)',
    summary: 'Decodes a URL-encoded text; “+” is a space.',
    arity: [1, 1],
    call: (args, budget) => decoded(textOf('urlDecode', args[0]), budget),
  },
  {
    name: 'urlQuery',
    signature: 'urlQuery(object)',
    summary:
      'URL query parameters from an object. A list gives one parameter per item; null gives none.',
    arity: [1, 1],
    call: (args, budget) => queryOf(entriesOf('urlQuery', args[0]), budget),
  },
];
