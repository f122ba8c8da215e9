import { z } from 'zod';
import { defineNode, StepError } from '../node-type/define-node';
import { addressOf, messageSettings } from './message-settings';

export default defineNode({
  type: 'send-message',
  kind: 'task',
  title: 'Send message',
  summary: 'Sends a message to an agent, a person, a pool or a topic, once.',
  group: 'Agents',
  outward: 'This sends a message.',
  icon: 'send',
  aliases: [
    'send',
    'notify agent',
    'queue',
    'publish',
    'broadcast',
    'enqueue',
    'inbox',
    'topic',
    'event',
  ],
  config: z.strictObject({
    kind: z
      .enum(['agent', 'person', 'pool', 'topic', 'all'])
      .default('agent')
      .meta({
        title: 'To',
        help: 'Whose mailbox it is put into. Of a pool, one agent gets it; of a topic, everybody who subscribes to it.',
        labels: {
          agent: 'An agent',
          person: 'A person',
          pool: 'A pool',
          topic: 'A topic',
          all: 'All agents and people',
        },
      }),
    ...messageSettings,
    orderKey: z.string().max(500).default('').meta({
      title: 'Order',
      description: 'Messages with the same text here are taken one after another.',
      widget: 'template',
    }),
    expiresInHours: z.number().positive().max(8_760).optional().meta({
      title: 'Expires after',
      description: 'In hours. Empty: after a day.',
    }),
  }),
  subtitle: (config) => (config.kind === 'all' ? 'All' : config.name),
  sample: { id: '8f14e45f-ceea-467f-a8f5-1b0a4c1b7f10', recipients: 1 },
  async run(context, { kind, body, priority, expiresInHours, ...config }) {
    const render = async (template: string) => (await context.render(template)).trim();
    const [name, type, orderKey] = [
      await render(config.name),
      await render(config.subject),
      await render(config.orderKey),
    ];
    if (kind !== 'all' && name === '') {
      throw new StepError('recipient_missing', 'Enter to whom the message goes.');
    }
    const text = await context.render(body);
    if (context.scope.run.mode === 'rehearsal') {
      context.note?.('Rehearsed: nothing was sent.');
      return { id: null, recipients: kind === 'all' ? 0 : 1, rehearsed: true };
    }
    const { id, recipients, before } = await context.service('message', {
      ...{
        do: 'send',
        to: kind === 'all' ? { all: true } : addressOf(kind, name),
        type: type || 'message',
        body: text,
        priority,
      },
      ...(orderKey === '' ? {} : { orderKey }),
      ...(expiresInHours === undefined
        ? {}
        : { expiresInSeconds: Math.max(1, Math.round(expiresInHours * 3_600)) }),
    });
    if (before) context.note?.('An earlier attempt had sent it already; it was not sent again.');
    return { id, recipients };
  },
});
