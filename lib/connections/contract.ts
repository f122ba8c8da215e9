import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { nameSchema } from '@/lib/names/schema';
import { signInSchema } from './oauth';
import { configSchemas, optionalSecretSchema, secretSchema, settingsSchema } from './schema';

const tag = 'Connections';
const params = z.strictObject({ id: z.uuid() });
const iso = z.iso.datetime();
const force = z.strictObject({ force: z.enum(['', 'true']).optional() });
const name = nameSchema(100);
/** Workflows whose steps may use it; null: all of the workspace. */
const allowedWorkflowIds = z.array(z.uuid()).max(100).nullable();
/**
 * People who alone may put it to use: in versions that they publish, whoever starts those, and in drafts that they run;
 * null: everybody.
 */
const allowedUserIds = z.array(z.string().min(1).max(100)).min(1).max(100).nullable();
const [apiKey, bearer, basic, oauth2, signature, smtp, imap, postgres, mysql] =
  settingsSchema.options;

const shared = {
  id: z.uuid(),
  name: z.string(),
  allowedWorkflowIds,
  allowedUserIds,
  createdBy: z.string().nullable(),
  createdAt: iso,
  updatedAt: iso,
  /** When the secret was last entered. */
  secretAt: iso,
  lastUsedAt: iso.nullable(),
  /** Of one that people sign in to; null for all others. */
  signIn: signInSchema.nullable(),
};
/** A connection as people see it: the secret is not part of it. */
export const connectionSchema = z.discriminatedUnion('kind', [
  apiKey.extend(shared),
  bearer.extend(shared),
  basic.extend(shared),
  oauth2.extend(shared),
  signature.extend(shared),
  smtp.extend(shared),
  imap.extend(shared),
  postgres.extend(shared),
  mysql.extend(shared),
]);
export type Connection = z.infer<typeof connectionSchema>;

export const connectionUseSchema = z.strictObject({
  workflowId: z.uuid(),
  workflowName: z.string(),
  /** Where it is named: the draft, the live version, or both. */
  inDraft: z.boolean(),
  inLive: z.boolean(),
  steps: z.array(z.strictObject({ id: z.string(), name: z.string() })),
  /** Triggers that read their emails over it. */
  triggers: z.array(z.strictObject({ id: z.uuid(), name: z.string() })).optional(),
});
export type ConnectionUse = z.infer<typeof connectionUseSchema>;

export const listConnections = defineRoute({
  id: 'connections.list',
  method: 'GET',
  path: '/connections',
  summary: 'Connections of the workspace by name, without their secrets.',
  tag,
  permission: 'connections.read',
  result: z.strictObject({ items: z.array(connectionSchema) }),
});
export const getConnection = defineRoute({
  id: 'connections.get',
  method: 'GET',
  path: '/connections/{id}',
  summary: 'One connection, without its secret.',
  tag,
  permission: 'connections.read',
  params,
  result: connectionSchema,
});
const given = {
  ...{ name, secret: secretSchema },
  allowedWorkflowIds: allowedWorkflowIds.default(null),
  allowedUserIds: allowedUserIds.default(null),
};
export const createConnection = defineRoute({
  id: 'connections.create',
  method: 'POST',
  path: '/connections',
  summary:
    'Store credentials for a service. The secret is encrypted, sent only to the hosts in config, and never shown again.',
  tag,
  permission: 'connections.manage',
  body: z.discriminatedUnion('kind', [
    apiKey.extend(given),
    bearer.extend(given),
    basic.extend(given),
    oauth2.extend({ ...given, secret: optionalSecretSchema }),
    signature.extend(given),
    smtp.extend({ ...given, secret: optionalSecretSchema }),
    imap.extend(given),
    postgres.extend(given),
    mysql.extend(given),
  ]),
  result: connectionSchema,
  holdsSecret: true,
  status: 201,
});
/** What was read of a connection before it is changed. */
export const connectionRead = z
  .strictObject({
    name: z.string(),
    config: z.union(Object.values(configSchemas)),
    allowedWorkflowIds,
    allowedUserIds,
  })
  .partial();
export const updateConnection = defineRoute({
  id: 'connections.update',
  method: 'PATCH',
  path: '/connections/{id}',
  summary:
    'Rename a connection, change its settings, or rotate its secret. New hosts need the secret again. Steps that start from now on see it.',
  tag,
  permission: 'connections.manage',
  params,
  /** With `force` also a name that steps use is changed. */
  query: force,
  body: z.strictObject({
    name: name.optional(),
    /** All settings of its kind. */
    config: z.union(Object.values(configSchemas)).optional(),
    secret: secretSchema.optional(),
    allowedWorkflowIds: allowedWorkflowIds.optional(),
    allowedUserIds: allowedUserIds.optional(),
    /** What you read: where it is otherwise now, nothing is changed. */
    was: connectionRead.optional(),
  }),
  result: connectionSchema,
});
export const deleteConnection = defineRoute({
  id: 'connections.delete',
  method: 'DELETE',
  path: '/connections/{id}',
  summary: 'Delete a connection. While steps name it, only with force.',
  tag,
  permission: 'connections.manage',
  params,
  query: force,
  result: z.strictObject({ id: z.uuid() }),
});
export const testConnection = defineRoute({
  id: 'connections.test',
  method: 'POST',
  path: '/connections/{id}/test',
  summary:
    'Try the credentials: a GET to the test address, or a sign-in at the server. Says how it was answered.',
  tag,
  permission: 'connections.manage',
  params,
  result: z.strictObject({ ok: z.boolean(), message: z.string() }),
});
export const listConnectionUses = defineRoute({
  id: 'connections.all-uses',
  method: 'GET',
  path: '/connections/uses',
  summary: 'Workflows, steps and triggers that name connections, for all connections at once.',
  tag,
  permission: 'connections.read',
  result: z.strictObject({
    items: z.array(z.strictObject({ id: z.uuid(), uses: z.array(connectionUseSchema) })),
  }),
});
export const beginSignIn = defineRoute({
  id: 'connections.begin-sign-in',
  method: 'POST',
  path: '/connections/{id}/sign-in',
  summary:
    'Begin to sign in to an OAuth 2 connection: the address of its provider, for this person in this browser.',
  tag,
  permission: 'connections.manage',
  params,
  result: z.strictObject({ url: z.url() }),
});
export const finishSignIn = defineRoute({
  id: 'connections.finish-sign-in',
  method: 'POST',
  path: '/connections/sign-in',
  summary: 'End a sign-in with what the provider sent back. Works once, for whoever began it.',
  tag,
  permission: 'connections.manage',
  body: z.strictObject({
    state: z.string().min(1).max(500),
    code: z.string().min(1).max(4_000).optional(),
    /** Who answers (RFC 9207). */
    iss: z.string().max(2_000).optional(),
    /** What the provider says where it lets nobody in. */
    error: z.string().max(2_000).optional(),
  }),
  result: connectionSchema,
  holdsSecret: true,
});
export const getConnectionUses = defineRoute({
  id: 'connections.uses',
  method: 'GET',
  path: '/connections/{id}/uses',
  summary: 'Workflows and steps that name a connection, in drafts and live versions.',
  tag,
  permission: 'connections.read',
  params,
  result: z.strictObject({ items: z.array(connectionUseSchema) }),
});
export const connectionContracts = [
  listConnections,
  getConnection,
  createConnection,
  updateConnection,
  deleteConnection,
  testConnection,
  getConnectionUses,
  listConnectionUses,
  beginSignIn,
  finishSignIn,
];
