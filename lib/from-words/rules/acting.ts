import { literal } from '../drafted';
import { decide } from './asking';
import type { Action } from './find-actions';
import { nameOf } from './read-list';
import { addInput, addStep, newest, sentence, shortName, type Weaving } from './weave';

const url = /https?:\/\/[^\s,;)"']+/i;
const address = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/;

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

/** An email, where a mail server is connected; else it is only written. */
export function mail(weaving: Weaving, { clause }: Action, title: string): void {
  const { known } = weaving;
  if (known.mail === undefined) {
    weaving.assumptions.add(
      'There is no connection for mail yet, so nothing is sent: the result is what would be in the email. Add one in Settings → Connections, then add the step “Send email”.',
    );
    return;
  }
  const written = address.exec(clause)?.[0];
  const to = written ?? known.me;
  if (written === undefined) weaving.assumptions.add(`The email goes to you (${to}).`);
  addStep(weaving, {
    ...{ id: 'mail', type: 'send-mail', name: 'Send email' },
    does: `Sends the result by email to ${to}.`,
    config: {
      ...{ connection: known.mail, to: literal(to), subject: literal(title) },
      message: `{{ ${newestIn(weaving)} }}`,
    },
  });
}

/** A message inside the product: nothing outside is connected. */
export function notify(weaving: Weaving, { words, clause }: Action, title: string): void {
  const toMe = /\b(?:me|myself|slack|teams|discord|telegram|channel)\b/i.test(words);
  const outside = /\b(slack|teams|discord|telegram)\b/i.exec(clause)?.[1];
  if (outside !== undefined) {
    weaving.assumptions.add(
      `${sentence(outside).replace('.', '')} is not connected by this: the message goes to an inbox here. Use the step “Use a service” to send it there.`,
    );
  }
  if (!toMe)
    weaving.assumptions.add('The message goes to all agents and people of this workspace.');
  addStep(weaving, {
    ...{ id: 'notify', type: 'send-message', name: toMe ? 'Tell me' : 'Tell the team' },
    does: toMe ? 'Puts a message into your inbox.' : 'Puts a message into everybody’s inbox.',
    config: {
      ...(toMe ? { kind: 'person', name: literal(weaving.known.me) } : { kind: 'all' }),
      ...{ subject: literal(title.slice(0, 200)), body: `{{ ${newestIn(weaving)} }}` },
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

/** A person decides; what follows happens where they approve. Gives the port of a refusal. */
export function approve(weaving: Weaving, { clause }: Action, next: string | undefined): string {
  const value = newest(weaving);
  const step = addStep(weaving, {
    ...{ id: 'approve', type: 'approval', name: 'Ask for approval' },
    does: 'Waits until a person approves.',
    config: {
      question:
        next === undefined
          ? 'Is this all right?'
          : `Shall this be done: ${literal(shortName(next, 'the next step'))}?`,
      ...(value === undefined ? {} : { details: `{{ ${value.expression} }}` }),
    },
  });
  if (!/\b(?:editor|admin|owner)\b/i.test(clause)) {
    weaving.assumptions.add('Any editor of this workspace may approve.');
  }
  weaving.tails = [`${step}:approved`];
  return `${step}:rejected`;
}

const comparison =
  /(?:(?<what>[\w ]+?)\s+)?(?:is |are |was )?(?<how>over|above|more than|greater than|higher than|exceeds|at least|>=?|below|under|less than|lower than|<=?)\s*[$€£]?\s*(?<number>\d[\d,]*(?:\.\d+)?)(?<thousand>k\b)?/i;

/** A branch: by a number, or by what a model reads. Gives the port of “else”. */
export function branch(weaving: Weaving, { words }: Action): string {
  const said = words.replace(/^(?:only )?(?:if|when|where|in case)\s+/i, '').trim();
  const condition = compared(weaving, said) ?? decide(weaving, said);
  const step = addStep(weaving, {
    ...{ id: 'check', type: 'if', name: shortName(said, 'Check'), does: `Goes on where ${said}.` },
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
  if (known !== undefined) return `${known} != null && double(${known}) ${sign} ${decimal(number)}`;
  if (weaving.results.length > 0 || weaving.sources.some(({ step }) => step !== undefined))
    return undefined;
  const input = addInput(weaving, {
    ...{ name, type: 'number', required: true },
    description: 'The number that decides.',
  });
  return `double(${input}) ${sign} ${decimal(number)}`;
}

const decimal = (value: number): string => (Number.isInteger(value) ? `${value}.0` : String(value));
