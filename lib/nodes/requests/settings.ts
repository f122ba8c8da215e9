import { z } from 'zod';
import { requestKinds } from '@/lib/connections/schema';
import { elementIdSchema } from '@/lib/workflows/schema';

/** Settings that steps which send requests have in common. */
export const parameterSchema = z.strictObject({
  id: elementIdSchema,
  name: z.string().min(1, 'Enter a name.').max(200).meta({
    title: 'Name',
    help: 'The name of the parameter, as it stands before the equals sign.',
  }),
  value: z.string().max(8_000).default('').meta({
    title: 'Value',
    help: 'Its value, encoded for the URL. Empty ones are sent, too.',
    widget: 'template',
  }),
});

export const connectionSetting = z.string().max(100).optional().meta({
  title: 'Connection',
  description: 'Credentials from Settings, sent only to the hosts of the connection.',
  widget: 'connection',
  kinds: requestKinds,
});

export const timeoutSetting = z.int().min(100).max(300_000).default(30_000).meta({
  title: 'Timeout (ms)',
  description: 'The step fails after this time.',
  merge: 'max',
});

export const retryOnSetting = z
  .string()
  .regex(/^\s*(?:[1-5](\d\d|xx)\s*(,\s*|$))*$/i, 'Enter status codes such as 429, 5xx.')
  .default('')
  .meta({
    title: 'Retry on status',
    description:
      'Empty: 408, 425, 429 and 5xx. How often is set under "If it fails"; a Retry-After of the server is obeyed.',
    placeholder: '429, 5xx',
    advanced: true,
  });
