import { functionExamples } from '@/lib/expressions/functions/function-examples';
import { functions } from '@/lib/expressions/functions/functions';
import { macros } from '@/lib/expressions/macros';
import type { Suggestion } from './completion';

type Kind = 'list' | 'text' | 'number' | 'object' | 'date';

/** What a function is called on, by the word with which its signature begins. */
const receivers: Readonly<Record<string, readonly Kind[]>> = {
  rows: ['list'],
  list: ['list', 'text', 'object'],
  numbers: ['list'],
  text: ['text', 'date'],
  number: ['number'],
  count: ['number'],
  object: ['object'],
  date: ['date'],
  from: ['date'],
};

/** Names of groups, in the order in which they are offered. */
const groups: readonly (readonly [Kind, string])[] = [
  ['list', 'Lists'],
  ['text', 'Texts'],
  ['number', 'Numbers'],
  ['date', 'Dates'],
  ['object', 'Objects'],
];

type Offered = Suggestion & { takes: readonly Kind[] | undefined };

function offer({ name, signature, summary }: Record<'name' | 'signature' | 'summary', string>) {
  const word = /^(?:\w+\()?(\w+|"\d{4}-)/.exec(signature.replace(/^cel\.bind.*/, ''))?.[1] ?? '';
  const method = /^(\w+)\./.exec(signature)?.[1];
  const takes = word.startsWith('"')
    ? (['date'] as const)
    : Object.hasOwn(receivers, method ?? word)
      ? receivers[method ?? word]
      : undefined;
  const [example] = Object.hasOwn(functionExamples, name) ? (functionExamples[name] ?? []) : [];
  const group = groups.find(([kind]) => kind === takes?.[0])?.[1] ?? 'Other functions';
  return {
    label: name,
    insert: `${name}()`,
    detail: signature,
    info: example ? `${summary}\n${example.write} → ${JSON.stringify(example.gives)}` : summary,
    kind: 'function' as const,
    group,
    takes,
  };
}

const all: readonly Offered[] = [...functions.values(), ...macros].map(offer);

/** Functions that can be called on a value, by its kind; all of them where nothing is known of it. */
export function functionsFor(value: unknown): readonly Suggestion[] {
  const kind = kindOf(value);
  if (kind === undefined) return all;
  return all.filter(({ takes }) => takes === undefined || takes.includes(kind));
}

function kindOf(value: unknown): Kind | undefined {
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'number') return 'number';
  if (typeof value === 'string') return /^\d{4}-\d\d(-\d\d|$)/.test(value) ? 'date' : 'text';
  return typeof value === 'object' && value !== null ? 'object' : undefined;
}
