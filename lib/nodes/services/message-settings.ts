import { z } from 'zod';
import { type Address, priorities } from '@/lib/messages/schema';

/** Settings of steps that send a message to one mailbox. */
export const messageSettings = {
  name: z
    .string()
    .max(500)
    .default('')
    .meta({
      title: 'Name',
      description:
        'The agent’s handle, the person’s email address or name, the pool’s name, or the topic.',
      widget: 'template',
      when: { field: 'kind', is: ['agent', 'person', 'pool', 'topic'] },
    }),
  subject: z.string().max(500).default('message').meta({
    title: 'Type',
    description: 'What kind of message it is, for whoever reads it.',
    widget: 'template',
  }),
  body: z.string().max(20_000).default('').meta({
    title: 'Text',
    help: 'What is sent; {{ }} inserts earlier values.',
    widget: 'prompt',
  }),
  priority: z.enum(priorities).default('normal').meta({
    title: 'Priority',
    help: 'More urgent ones are taken first; what waits long moves ahead.',
  }),
};

export function addressOf(kind: 'agent' | 'person' | 'pool' | 'topic', name: string): Address {
  if (kind === 'agent') return { agent: name };
  if (kind === 'topic') return { topic: name };
  return kind === 'person' ? { person: name } : { pool: name };
}
