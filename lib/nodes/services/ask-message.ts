import { z } from 'zod';
import { type ReplyWait, replyChannel, replyPorts } from '@/lib/messages/reply-wait';
import { defineNode, type Port, StepError, suspend, take } from '../node-type/define-node';
import { longestWait, unitMs } from '../node-type/durations';
import { addressOf, messageSettings } from './message-settings';

const answered: Port = { id: replyPorts.answered, label: 'Answered' };
const none: Port = { id: replyPorts.none, label: 'No answer' };

export default defineNode({
  type: 'ask-message',
  kind: 'task',
  title: 'Ask and wait',
  summary: 'Sends a message to an agent, a person or a pool, and waits for the reply.',
  group: 'Agents',
  outward: 'This sends a message.',
  icon: 'message-circle-question-mark',
  aliases: [
    ...['ask agent', 'request', 'reply', 'question', 'wait for reply', 'request reply', 'answer'],
    ...['delegate', 'human', 'rpc'],
  ],
  config: z.strictObject({
    kind: z
      .enum(['agent', 'person', 'pool'])
      .default('agent')
      .meta({
        title: 'To',
        help: 'Who is asked. An agent answers with what its task comes to; a person on the page Messages.',
        labels: { agent: 'An agent', person: 'A person', pool: 'A pool' },
      }),
    ...messageSettings,
    body: z
      .string({ error: 'Enter what is asked.' })
      .min(1, 'Enter what is asked.')
      .max(20_000)
      .meta({
        title: 'Text',
        help: 'What is asked; {{ }} inserts earlier values.',
        widget: 'prompt',
      }),
    waitHours: z.number().positive().max(8_760).default(24).meta({
      title: 'Wait at most',
      description: 'In hours. The run then continues at “No answer”.',
    }),
  }),
  ports: [answered, none],
  subtitle: (config) => config.name,
  sample: { answered: true, message: '', reply: 'It is shipped.', from: 'helper', outside: false },
  async run(context, { kind, body, priority, waitHours, ...config }) {
    const name = (await context.render(config.name)).trim();
    const type = (await context.render(config.subject)).trim();
    if (name === '') throw new StepError('recipient_missing', 'Enter who is asked.');
    const text = await context.render(body);
    if (context.scope.run.mode === 'rehearsal') {
      const output = { answered: true, message: null, reply: `Rehearsed answer of ${name}.` };
      return take(
        [replyPorts.answered],
        { ...output, from: name, outside: false },
        `Rehearsed: a live run would ask ${name} and wait here.`,
      );
    }
    const waitMs = Math.min(waitHours * unitMs.hours, longestWait);
    const { id } = await context.service('message', {
      ...{ do: 'send', to: addressOf(kind, name), type: type || 'question', body: text, priority },
      ...{ expiresInSeconds: Math.max(1, Math.ceil(waitMs / 1_000)), reply: 'step' },
    });
    if (id === undefined) throw new TypeError('a message without an id');
    const output = { answered: false, message: id, reply: null, from: null };
    const reason = `${name} did not answer in time.`;
    return suspend({
      ...{ kind: 'message', channel: replyChannel(id), until: context.now() + waitMs },
      ask: { replyTo: id, from: name } satisfies ReplyWait,
      end: { ok: true, output, ports: [replyPorts.none], reason },
    });
  },
});
