import { literal } from '../drafted';
import { askedIn } from '../plain/approvals';
import { decide } from './asking';
import type { Action } from './find-actions';
import { nameOf } from './read-list';
import { approverSettings } from './sending';
import { addInput, addStep, type Classes, newest, shortName, shown, type Weaving } from './weave';

const url = /https?:\/\/[^\s,;)"']+/i;

const newestIn = (weaving: Weaving): string => newest(weaving)?.expression ?? '"Done."';

/** Sends what was made to an address on the web. */
export function post(weaving: Weaving, { clause }: Action): void {
  const to = url.exec(clause)?.[0].replace(/[.!?]+$/, '');
  // Nothing is sent to an address that nobody named.
  const asked = () =>
    `{{ ${addInput(weaving, {
      ...{ name: 'send_to', type: 'text', required: true },
      description: 'Address that the result is sent to.',
    })} }}`;
  if (to === undefined) {
    weaving.assumptions.add('The address to send to was not named: each run is asked for it.');
  }
  addStep(weaving, {
    ...{ id: 'post', type: 'http', name: 'Send it' },
    does: `Sends the result to ${to ?? 'the given address'}.`,
    config: {
      ...{ method: 'POST', url: to === undefined ? asked() : literal(to) },
      body: `{"text": {{ json(${newestIn(weaving)}) }}}`,
    },
  });
}

const counts: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  half: 0.5,
};

export function wait(weaving: Weaving, { words }: Action): void {
  const found = /(\d+|half|an?|one|two|three)\s*(?:an?\s+)?(second|minute|hour|day|week)/i.exec(
    words,
  );
  const given = found?.[1]?.toLowerCase() ?? '1';
  const count = counts[given] ?? Number(given);
  const unit = found?.[2]?.toLowerCase() ?? 'hour';
  const [amount, named] = unit === 'week' ? [count * 7, 'days'] : [count, `${unit}s`];
  addStep(weaving, {
    ...{
      id: 'wait',
      type: 'delay',
      name: `Wait ${amount} ${named}`,
      does: `Waits ${amount} ${named}.`,
    },
    config: { amount, unit: named },
  });
}

export function remember(weaving: Weaving, { kind }: Action, title: string): void {
  if (kind === 'table') {
    weaving.assumptions.add(
      'Which columns of a table it fills was not said, so the result is kept in the memory of the workspace.',
    );
  }
  const path = `results/${nameOf(title, 'workflow').replaceAll('_', '-')}`;
  addStep(weaving, {
    ...{ id: 'remember', type: 'remember', name: 'Remember it' },
    does: `Keeps the result in the workspace’s memory under ${path}.`,
    config: { path, source: 'text', text: `{{ ${newestIn(weaving)} }}` },
  });
}

/** Who decides about an email reads it. */
function mailAbove({ sender, results, sources }: Weaving): string {
  if (sender?.subject === undefined || results.length === 0) return '';
  const text = sources.find(({ label }) => label === 'Email')?.expression;
  return text === undefined
    ? ''
    : `**{{ ${sender.subject} }}** ({{ ${sender.address} }})\n\n{{ ${text} }}\n\n---\n\n`;
}

/** A person decides; what follows happens where they approve. Gives the port of a refusal. */
export function approve(weaving: Weaving, { clause }: Action, next: string | undefined): string {
  const value = shown(weaving);
  const whether = /\bwhether ([^.,;]{4,200})/i.exec(clause)?.[1]?.trim();
  const { does, config } = approverSettings(weaving, askedIn(clause), clause);
  const step = addStep(weaving, {
    ...{ id: 'approve', type: 'approval', name: 'Ask for approval', does },
    config: {
      ...config,
      question:
        whether !== undefined
          ? `Please decide whether ${literal(whether)}.`
          : next === undefined
            ? 'Is this all right?'
            : `Shall this be done: ${literal(shortName(next, 'the next step'))}?`,
      ...(value === undefined ? {} : { details: mailAbove(weaving) + value }),
    },
  });
  weaving.tails = [`${step}:approved`];
  return `${step}:rejected`;
}

const comparison =
  /(?:(?<what>[\w ]+?)\s+)?(?:is |are |was )?(?<how>(?:of |worth )?(?:over|above|more than)|greater than|higher than|exceeds|at least|>=?|below|under|less than|lower than|<=?)\s*[$€£]?\s*(?<number>\d[\d,]*(?:\.\d+)?)(?<thousand>k\b)?/i;

/** What a condition says, without the word that begins it. */
export const saidIn = (words: string): string =>
  words.replace(/^(?:only )?(?:if|when|where|in case)\s+/i, '').trim();

/** "Complaint?" for a class; else the words of the condition. */
const namesOf = (said: string, name: string | undefined) =>
  name === undefined
    ? { name: shortName(said, 'Check'), does: `Goes on where ${said}.` }
    : {
        name: `${name.slice(0, 1).toUpperCase()}${name.slice(1)}?`,
        does: `Goes on at “Then” where it is “${name}”.`,
      };

/** The class that a condition asks for, where a step before it tells classes. */
export function classIn(
  { classes }: Weaving,
  said: string,
): { field: string; name: string; of: Classes } | undefined {
  const words = ` ${said.toLowerCase().replace(/[^\p{L}\p{N} -]/gu, ' ')} `;
  if (/\bnot\b/.test(words)) return undefined;
  for (const of of classes.toReversed()) {
    const { names, field } = of;
    const asked = names.filter((name) => words.includes(` ${name.toLowerCase()} `));
    const [name] = asked;
    if (name !== undefined && asked.length === 1) return { field, name, of };
  }
  return undefined;
}

/** A branch: by a class, by a number, or by what a model reads. Gives the port of “else”. */
export function branch(weaving: Weaving, { words }: Action): string {
  const said = saidIn(words);
  const asked = classIn(weaving, said);
  const value = asked && weaving.fields.get(asked.field);
  if (asked) asked.of.asked = new Set(asked.of.asked).add(asked.name);
  const condition =
    value !== undefined && asked !== undefined
      ? `${value} == ${JSON.stringify(asked.name)}`
      : (compared(weaving, said) ?? decide(weaving, said));
  const step = addStep(weaving, {
    ...{ id: 'check', type: 'if', ...namesOf(said, asked?.name) },
    config: { condition },
  });
  weaving.tails = [`${step}:then`];
  return `${step}:else`;
}

function compared(weaving: Weaving, said: string): string | undefined {
  const { groups } = comparison.exec(said) ?? {};
  if (groups === undefined) return undefined;
  const number = Number((groups.number ?? '').replaceAll(',', '')) * (groups.thousand ? 1_000 : 1);
  const how = (groups.how ?? '').toLowerCase();
  const sign = /at least|>=/.test(how)
    ? '>='
    : /<=/.test(how)
      ? '<='
      : /below|under|less|lower|</.test(how)
        ? '<'
        : '>';
  const name = nameOf(
    (groups.what ?? '').replace(/\b(?:the|its|their|a|an|is|it)\b/gi, ''),
    'amount',
  );
  const known = weaving.fields.get(name) ?? weaving.fields.get(name.split('_').at(-1) ?? name);
  const only = name === 'amount' ? numberIn(weaving) : undefined;
  if (known === undefined && only !== undefined)
    return `${only} != null && double(${only}) ${sign} ${decimal(number)}`;
  if (known !== undefined) return `${known} != null && double(${known}) ${sign} ${decimal(number)}`;
  if (weaving.results.length > 0 || weaving.sources.some(({ step }) => step !== undefined))
    return undefined;
  const input = addInput(weaving, {
    ...{ name, type: 'number', required: true },
    description: 'The number that decides.',
  });
  return `double(${input}) ${sign} ${decimal(number)}`;
}

/** The only number that a step before it gives. */
function numberIn({ fields }: Weaving): string | undefined {
  const numbers = [...fields].filter(([name]) =>
    /amount|total|price|sum|count|score|cost/.test(name),
  );
  return numbers.length === 1 ? numbers[0]?.[1] : undefined;
}

const decimal = (value: number): string => (Number.isInteger(value) ? `${value}.0` : String(value));
