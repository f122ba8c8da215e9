import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { inputTypes } from '@/lib/nodes/forms/input-types';
import { messageSchema } from '../message';

const params = z.strictObject({ id: z.uuid() });
const inputFieldSchema = z.strictObject({
  name: z.string(),
  type: z.enum(inputTypes),
  required: z.boolean(),
  default: z.string(),
  choices: z.string().optional(),
  description: z.string(),
  label: z.string().optional(),
});

const askedInputsSchema = z.strictObject({
  fields: z.array(inputFieldSchema),
  value: z.record(z.string(), z.json()),
});
/** What a workflow takes that a command starts, and what that begins with. */
export type AskedInputs = z.infer<typeof askedInputsSchema>;
export type CommandInput = AskedInputs['value'];

export const doCommand = defineRoute({
  id: 'chat.command',
  method: 'POST',
  path: '/threads/{id}/commands',
  summary:
    'Do a command in a thread, such as `/rehearse Invoices`: `/help` lists them. What it did is a message that all see. One that reaches outside, or starts a workflow that takes inputs, is done only with `confirmed`; a text behind the name of a workflow fills its text input.',
  tag: 'Chat',
  permission: 'chat.write',
  params,
  body: z.strictObject({
    line: z.string().trim().min(2).max(11_000),
    /** Somebody has read what it does, and wants it. */
    confirmed: z.boolean().default(false),
    /** What the workflow is given that the line starts, instead of a text behind its name. */
    input: z.record(z.string(), z.json()).optional(),
  }),
  result: z.discriminatedUnion('state', [
    z.strictObject({ state: z.literal('done'), message: messageSchema }),
    /** Nothing was done: this is what it would do. */
    z.strictObject({
      state: z.literal('confirm'),
      line: z.string(),
      says: z.string(),
      /** The inputs of the workflow that it starts, and what they begin with. */
      inputs: askedInputsSchema.optional(),
    }),
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
