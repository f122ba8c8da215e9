import { z } from 'zod';
import { defineNode, StepError } from '../node-type/define-node';

export default defineNode({
  type: 'receive-messages',
  kind: 'task',
  title: 'Receive messages',
  summary: 'Takes the next messages out of the mailbox of an agent or a pool.',
  group: 'Agents',
  outward: 'This takes messages out of the mailbox.',
  icon: 'inbox',
  aliases: ['receive', 'inbox', 'queue', 'consume', 'poll', 'dequeue', 'mailbox'],
  config: z.strictObject({
    kind: z
      .enum(['agent', 'pool'])
      .default('pool')
      .meta({
        title: 'From',
        help: 'Whose mailbox is read.',
        labels: { agent: 'The mailbox of an agent', pool: 'A pool' },
      }),
    name: z.string().max(500).default('').meta({
      title: 'Name',
      description: 'The agent’s handle, or the pool’s name.',
      widget: 'template',
    }),
    limit: z.int().min(1).max(100).default(10).meta({ title: 'At most', description: 'Messages.' }),
  }),
  subtitle: (config) => config.name,
  sample: { count: 1, messages: [{ type: 'message', body: 'Hello', sentAt: '' }] },
  async run(context, { kind, name: template, limit }) {
    const name = (await context.render(template)).trim();
    if (name === '') throw new StepError('recipient_missing', 'Enter whose mailbox is read.');
    if (context.scope.run.mode === 'rehearsal') {
      context.note?.('Rehearsed: no message was taken.');
      return { count: 0, messages: [], rehearsed: true };
    }
    const from = kind === 'agent' ? { agent: name } : { pool: name };
    const { messages, before } = await context.service('message', { do: 'receive', from, limit });
    if (before) context.note?.('An earlier attempt had taken these already.');
    return { count: messages.length, messages };
  },
});
