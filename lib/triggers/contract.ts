import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { optionalNameSchema } from '@/lib/names/schema';
import { runStatuses } from '@/lib/runs/schema';
import { stateVectorSchema } from '@/lib/workflows/state-vector';
import { formConfigSchema } from './forms/schema';
import { hookAuthSchema, hookSecretSchema } from './hook-auth';
import { sampleSchema } from './listening';
import { mailConfigSchema, storedMailConfig } from './mail/schema';
import { chatConfigSchema, outcomes, scheduleConfigSchema, webhookConfigSchema } from './schema';

const iso = z.iso.datetime();
const params = z.strictObject({ id: z.uuid() });
const name = optionalNameSchema(100);
const runStatus = z.enum(runStatuses);

const shared = z.strictObject({
  id: z.uuid(),
  workflowId: z.uuid(),
  name: z.string(),
  enabled: z.boolean(),
  /** Why it cannot start a run as things stand, such as nothing published or a missing input; empty when it can. */
  problems: z.array(z.string()),
  createdAt: iso,
  /** When it last started a run, and that run; null before the first time. */
  lastAt: iso.nullable(),
  lastRun: z.strictObject({ id: z.uuid(), status: runStatus }).nullable(),
});
export const triggerSchema = z.discriminatedUnion('kind', [
  shared.extend({
    kind: z.literal('schedule'),
    config: scheduleConfigSchema,
    /** When it is due; null while it is off, or when no such time comes. */
    nextAt: iso.nullable(),
  }),
  shared.extend({
    kind: z.literal('webhook'),
    config: webhookConfigSchema,
    /** Where to send requests. With `none`, `/` and the secret follow. */
    url: z.url(),
    /** End of the secret, to tell it from others; empty while there is none, and for one that is too short to show. */
    secretHint: z.string(),
    /** The secret before it, which is good for a day after the change; null when there is none. */
    oldSecret: z.strictObject({ hint: z.string(), until: iso }).nullable(),
  }),
  /** People write, and each message starts a run whose output is the answer. */
  shared.extend({ kind: z.literal('chat'), config: chatConfigSchema }),
  /** People fill in a page; each submission starts a run. */
  shared.extend({ kind: z.literal('form'), config: formConfigSchema }),
  /** Each email that comes into a mailbox starts a run. */
  shared.extend({
    kind: z.literal('mail'),
    config: storedMailConfig.strict(),
    /** When the mailbox was last looked at; null before the first time. */
    lookedAt: iso.nullable(),
  }),
]);
export type Trigger = z.infer<typeof triggerSchema>;

export const deliverySchema = z.strictObject({
  id: z.string(),
  at: iso,
  outcome: z.enum(outcomes),
  note: z.string(),
  run: z.strictObject({ id: z.uuid(), status: runStatus }).nullable(),
});
export type Delivery = z.infer<typeof deliverySchema>;

export const listTriggers = defineRoute({
  id: 'triggers.list',
  method: 'GET',
  path: '/workflows/{id}/triggers',
  summary: 'Triggers of a workflow, oldest first.',
  tag: 'Triggers',
  permission: 'triggers.read',
  params,
  result: z.strictObject({ items: z.array(triggerSchema) }),
});
export const createTrigger = defineRoute({
  id: 'triggers.create',
  method: 'POST',
  path: '/workflows/{id}/triggers',
  summary:
    'Start the live version on a schedule, by webhook, from chat, by a form or by email. A webhook’s secret is shown only once.',
  tag: 'Triggers',
  permission: 'triggers.write',
  holdsSecret: true,
  params,
  body: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('schedule'),
      name: name.default(''),
      enabled: z.boolean().default(true),
      config: scheduleConfigSchema,
    }),
    z.strictObject({
      kind: z.literal('webhook'),
      name: name.default(''),
      enabled: z.boolean().default(true),
      config: webhookConfigSchema.prefault({ answer: 'now' }),
      /** One that the sender made or somebody chose; without it we make one, except where only the sender can. */
      secret: hookSecretSchema.optional(),
    }),
    z.strictObject({
      kind: z.literal('chat'),
      name: name.default(''),
      enabled: z.boolean().default(true),
      config: chatConfigSchema.prefault({}),
    }),
    z.strictObject({
      kind: z.literal('form'),
      name: name.default(''),
      enabled: z.boolean().default(true),
      config: formConfigSchema.prefault({}),
    }),
    z.strictObject({
      kind: z.literal('mail'),
      name: name.default(''),
      enabled: z.boolean().default(true),
      config: mailConfigSchema,
    }),
  ]),
  result: z.strictObject({ trigger: triggerSchema, secret: z.string().optional() }),
  status: 201,
});
const configSchema = z.union([
  scheduleConfigSchema,
  webhookConfigSchema,
  chatConfigSchema,
  formConfigSchema,
  mailConfigSchema,
]);
/** What was read of a trigger before it is changed. */
export const triggerRead = z
  .strictObject({ name: z.string(), enabled: z.boolean(), config: configSchema })
  .partial();
export const updateTrigger = defineRoute({
  id: 'triggers.update',
  method: 'PATCH',
  path: '/triggers/{id}',
  summary: 'Rename a trigger, turn it on or off, or change its settings. Takes effect immediately.',
  tag: 'Triggers',
  permission: 'triggers.write',
  params,
  body: z.strictObject({
    name: name.optional(),
    enabled: z.boolean().optional(),
    /** All settings of its kind. */
    config: configSchema.optional(),
    /** What you read: where it is otherwise now, nothing is changed. */
    was: triggerRead.optional(),
  }),
  result: triggerSchema,
});
export const deleteTrigger = defineRoute({
  id: 'triggers.delete',
  method: 'DELETE',
  path: '/triggers/{id}',
  summary: 'Delete a trigger. Runs it started are kept.',
  tag: 'Triggers',
  permission: 'triggers.write',
  params,
  result: z.strictObject({ id: z.uuid() }),
});
export const rotateSecret = defineRoute({
  id: 'triggers.rotate-secret',
  method: 'POST',
  path: '/triggers/{id}/secret',
  summary:
    'Give a webhook a new secret: one that you enter, or one that we make and show only once. The old one works for 24 more hours, unless requests are verified in another way from now on. Give a form or a chat a new link: the old one stops at once.',
  tag: 'Triggers',
  permission: 'triggers.write',
  holdsSecret: true,
  params,
  body: z.strictObject({
    /** One that the sender made or somebody chose. */
    secret: hookSecretSchema.optional(),
    /** Verify requests in this way from now on. */
    auth: hookAuthSchema.optional(),
  }),
  /** `secret` only where we made it. */
  result: z.strictObject({ secret: z.string().optional(), secretHint: z.string() }),
});
export const showAddress = defineRoute({
  id: 'triggers.show-address',
  method: 'POST',
  path: '/triggers/{id}/address',
  summary:
    'The whole address of a webhook whose address is its secret, or the link of a form or a chat.',
  tag: 'Triggers',
  permission: 'triggers.write',
  params,
  result: z.strictObject({ url: z.url() }),
});
export const endOldSecret = defineRoute({
  id: 'triggers.end-old-secret',
  method: 'DELETE',
  path: '/triggers/{id}/secret',
  summary: 'Revoke the old secret of a webhook before its 24 hours are over.',
  tag: 'Triggers',
  permission: 'triggers.write',
  params,
  result: z.strictObject({ id: z.uuid() }),
});
export const testTrigger = defineRoute({
  id: 'triggers.test',
  method: 'POST',
  path: '/triggers/{id}/test',
  summary:
    'Start a run now as the trigger would, whether it is on or off: of the live version, or of the draft.',
  tag: 'Triggers',
  permission: 'triggers.write',
  params,
  body: z.strictObject({
    /** What a webhook’s request would hold, or a chat’s message. */
    body: z.json().optional(),
    query: z.record(z.string().max(200), z.string().max(2_000)).optional(),
    headers: z.record(z.string().max(200), z.string().max(2_000)).optional(),
    version: z.enum(['live', 'draft']).default('live'),
    /** What the editor’s copy of the draft holds, so that the run has it, too. */
    stateVector: stateVectorSchema.optional(),
  }),
  result: z.strictObject({ id: z.uuid(), status: runStatus }),
  status: 202,
});
const listening = z.strictObject({
  until: iso,
  /** The request that came; null while none has. */
  request: sampleSchema.nullable(),
});
export const listenForTest = defineRoute({
  id: 'triggers.listen',
  method: 'POST',
  path: '/triggers/{id}/listening',
  summary:
    'Wait for the next request to a webhook, to look at it: it is kept for ten minutes, verified or not, and starts no run.',
  tag: 'Triggers',
  permission: 'triggers.write',
  params,
  result: listening,
});
export const getListening = defineRoute({
  id: 'triggers.listening',
  method: 'GET',
  path: '/triggers/{id}/listening',
  summary: 'The test request that came, or how long it is waited for; null when nobody waits.',
  tag: 'Triggers',
  permission: 'triggers.write',
  params,
  result: z.strictObject({ listening: listening.nullable() }),
});
export const stopListening = defineRoute({
  id: 'triggers.stop-listening',
  method: 'DELETE',
  path: '/triggers/{id}/listening',
  summary: 'Wait for a test request no longer, and forget the one that came.',
  tag: 'Triggers',
  permission: 'triggers.write',
  params,
  result: z.strictObject({ id: z.uuid() }),
});
export const listDeliveries = defineRoute({
  id: 'triggers.deliveries',
  method: 'GET',
  path: '/triggers/{id}/deliveries',
  summary: 'Recent times or requests of a trigger and their results, newest first, at most 50.',
  tag: 'Triggers',
  permission: 'triggers.read',
  params,
  result: z.strictObject({ items: z.array(deliverySchema) }),
});
const received = {
  method: 'POST',
  tag: 'Triggers',
  permission: 'anyone',
  query: z.object({}).catchall(z.string()),
  body: z.unknown(),
  accepts: [
    'application/json',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'text/plain',
  ],
  /** 202 with the run at once; 200 with its output where the webhook waits and the run ended in time. */
  result: z.strictObject({
    run: z.uuid(),
    status: runStatus,
    output: z.unknown().optional(),
    error: z.strictObject({ code: z.string(), message: z.string() }).optional(),
  }),
  status: 202,
} as const;
export const receiveHook = defineRoute({
  ...received,
  accepts: [...received.accepts],
  id: 'hooks.receive',
  path: '/hooks/{id}',
  summary:
    'Start a run by webhook, verified as the webhook’s settings say: by header, HTTP Basic, the signature of GitHub, Stripe, Shopify or Slack, or Standard Webhooks (webhook-id, webhook-timestamp, webhook-signature). The same delivery again gives the same run. Accepts JSON, text and forms with files, and as files all else where the workflow gets the whole request. Other methods where the settings say so.',
  params,
});
export const receiveSecretHook = defineRoute({
  ...received,
  accepts: [...received.accepts],
  id: 'hooks.receive-by-address',
  path: '/hooks/{id}/{secret}',
  summary: 'Start a run by a webhook whose address is its secret.',
  params: z.strictObject({ id: z.uuid(), secret: z.string().max(200) }),
});
export const triggerContracts = [
  listTriggers,
  createTrigger,
  updateTrigger,
  deleteTrigger,
  rotateSecret,
  showAddress,
  endOldSecret,
  testTrigger,
  listenForTest,
  getListening,
  stopListening,
  listDeliveries,
  receiveHook,
  receiveSecretHook,
];
