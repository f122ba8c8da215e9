import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { nameSchema } from '@/lib/names/schema';
import { configSchemas, secretSchema, settingsSchema } from './schema';

const tag = 'Connections';
const params = z.strictObject({ id: z.uuid() });
const iso = z.iso.datetime();
const force = z.strictObject({ force: z.enum(['', 'true']).optional() });
const name = nameSchema(100);
/** Workflows whose steps may use it; null: all of the workspace. */
const allowedWorkflowIds = z.array(z.uuid()).max(100).nullable();
const [apiKey, bearer, basic] = settingsSchema.options;

const shared = {
  id: z.uuid(),
  name: z.string(),
  allowedWorkflowIds,
  createdBy: z.string().nullable(),
  createdAt: iso,
  updatedAt: iso,
  /** When the secret was last entered. */
  secretAt: iso,
  lastUsedAt: iso.nullable(),
};
/** A connection as people see it: the secret is not part of it. */
export const connectionSchema = z.discriminatedUnion('kind', [
  apiKey.extend(shared),
  bearer.extend(shared),
  basic.extend(shared),
]);
export type Connection = z.infer<typeof connectionSchema>;

export const connectionUseSchema = z.strictObject({
  workflowId: z.uuid(),
  workflowName: z.string(),
  /** Where it is named: the draft, the live version, or both. */
  inDraft: z.boolean(),
  inLive: z.boolean(),
  steps: z.array(z.strictObject({ id: z.string(), name: z.string() })),
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
const given = { name, secret: secretSchema, allowedWorkflowIds: allowedWorkflowIds.default(null) };
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
  ]),
  result: connectionSchema,
  holdsSecret: true,
  status: 201,
});
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
    config: z.union([configSchemas.api_key, configSchemas.basic, configSchemas.bearer]).optional(),
    secret: secretSchema.optional(),
    allowedWorkflowIds: allowedWorkflowIds.optional(),
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
  summary: 'Send a GET with the credentials to the test address, and say how it was answered.',
  tag,
  permission: 'connections.manage',
  params,
  result: z.strictObject({ ok: z.boolean(), message: z.string() }),
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
];
