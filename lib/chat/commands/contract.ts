import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { messageSchema } from '../message';

const params = z.strictObject({ id: z.uuid() });

export const doCommand = defineRoute({
  id: 'chat.command',
  method: 'POST',
  path: '/threads/{id}/commands',
  summary:
    'Do a command in a thread, such as `/rehearse Invoices`: `/help` lists them. What it did is a message that all see. One that reaches outside is done only with `confirmed`.',
  tag: 'Chat',
  permission: 'chat.write',
  params,
  body: z.strictObject({
    line: z.string().trim().min(2).max(11_000),
    /** Somebody has read what it does, and wants it. */
    confirmed: z.boolean().default(false),
  }),
  result: z.discriminatedUnion('state', [
    z.strictObject({ state: z.literal('done'), message: messageSchema }),
    /** Nothing was done: this is what it would do. */
    z.strictObject({ state: z.literal('confirm'), line: z.string(), says: z.string() }),
  ]),
});
export const exportThread = defineRoute({
  id: 'chat.export',
  method: 'GET',
  path: '/threads/{id}/export',
  summary: 'A thread as a Markdown file.',
  tag: 'Chat',
  permission: 'chat.read',
  params,
  result: z.unknown(),
});
export const commandContracts = [doCommand, exportThread];
