import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { connectionUseSchema } from '@/lib/connections/contract';
import { nameSchema } from '@/lib/names/schema';
import { authSchema, methods, operationSchema } from './schema';

const tag = 'Services';
const iso = z.iso.datetime();
const params = z.strictObject({ id: z.uuid() });
/** Ready-made services have ids such as `ready:slack`. */
const anyParams = z.strictObject({
  id: z.union([z.uuid(), z.string().regex(/^ready:[a-z0-9-]{1,60}$/)]),
});
const force = z.strictObject({ force: z.enum(['', 'true']).optional() });
const name = nameSchema(100);
const url = z.url({ protocol: /^https?$/ }).max(2_000);
const connection = z.string().min(1).max(100);

export const serviceSchema = z.strictObject({
  id: z.string(),
  /** How steps name it: ready-made ones by their id, all others by their name. */
  ref: z.string(),
  name: z.string(),
  ready: z.boolean(),
  title: z.string(),
  description: z.string().nullable(),
  /** Version of the description. */
  version: z.string().nullable(),
  serverUrl: z.string(),
  /** Where the description was fetched from; null: it was sent. */
  url: z.string().nullable(),
  /** The connection that new steps begin with. */
  connection: z.string().nullable(),
  auth: z.array(authSchema),
  operationCount: z.int(),
  /** Counts the descriptions that it has had. */
  revision: z.int(),
  createdBy: z.string().nullable(),
  createdAt: iso.nullable(),
  refreshedAt: iso.nullable(),
});
export type Service = z.infer<typeof serviceSchema>;

const lineSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  group: z.string().nullable(),
  method: z.enum(methods),
  path: z.string(),
  deprecated: z.boolean(),
  unsupported: z.string().nullable(),
});
const foundSchema = lineSchema.extend({ service: z.string(), serviceName: z.string() });
export type FoundOperation = z.infer<typeof foundSchema>;

const q = z.string().max(200).optional();
const document = z.union([z.string().min(1).max(4_000_000), z.record(z.string(), z.unknown())]);
const names = z.array(z.strictObject({ id: z.string(), title: z.string() }));
export const changesSchema = z.strictObject({
  /** Whether the description is the same as before, to the letter. */
  same: z.boolean(),
  added: names,
  removed: names,
  changed: names,
});

export const listServices = defineRoute({
  id: 'openapi-services.list',
  method: 'GET',
  path: '/openapi-services',
  summary:
    'Services whose operations steps can call: those of the workspace by name, then the ready-made ones.',
  tag,
  permission: 'services.read',
  result: z.strictObject({ items: z.array(serviceSchema) }),
});
export const getService = defineRoute({
  id: 'openapi-services.get',
  method: 'GET',
  path: '/openapi-services/{id}',
  summary: 'One service.',
  tag,
  permission: 'services.read',
  params: anyParams,
  result: serviceSchema,
});
export const createService = defineRoute({
  id: 'openapi-services.create',
  method: 'POST',
  path: '/openapi-services',
  summary:
    'Add a service by its OpenAPI document (3.0, 3.1 or Swagger 2.0; JSON or YAML), sent or by address. With a connection for the host of the address, the document is fetched with it.',
  tag,
  permission: 'services.manage',
  body: z
    .strictObject({
      /** The title of the document, unless given. */
      name: name.optional(),
      document: document.optional(),
      url: url.optional(),
      /** Where the service is, in place of what the document says. */
      serverUrl: url.optional(),
      connection: connection.optional(),
    })
    .refine((body) => (body.document === undefined) !== (body.url === undefined), {
      message: 'give "document" or "url"',
    }),
  result: serviceSchema,
  status: 201,
  maxBytes: 5 * 1_048_576,
});
/** What was read of a service before it is changed. */
export const serviceRead = z
  .strictObject({ name: z.string(), serverUrl: z.string(), connection: z.string().nullable() })
  .partial();
export const updateService = defineRoute({
  id: 'openapi-services.update',
  method: 'PATCH',
  path: '/openapi-services/{id}',
  summary:
    'Rename a service, or change its address or connection. While steps name it, it is renamed with force only.',
  tag,
  permission: 'services.manage',
  params,
  query: force,
  body: z.strictObject({
    name: name.optional(),
    serverUrl: url.optional(),
    connection: connection.nullable().optional(),
    /** What you read: where it is otherwise now, nothing is changed. */
    was: serviceRead.optional(),
  }),
  result: serviceSchema,
});
export const deleteService = defineRoute({
  id: 'openapi-services.delete',
  method: 'DELETE',
  path: '/openapi-services/{id}',
  summary: 'Delete a service. While steps name it, only with force.',
  tag,
  permission: 'services.manage',
  params,
  query: force,
  result: z.strictObject({ id: z.uuid() }),
});
export const refreshService = defineRoute({
  id: 'openapi-services.refresh',
  method: 'POST',
  path: '/openapi-services/{id}/refresh',
  summary:
    'Fetch the description again, or take the one that is sent, and say what changed. With `check`, only say it.',
  tag,
  permission: 'services.manage',
  params,
  query: z.strictObject({ check: z.enum(['', 'true']).optional() }),
  body: z.strictObject({ document: document.optional() }),
  result: z.strictObject({ service: serviceSchema, changes: changesSchema }),
  maxBytes: 5 * 1_048_576,
});
export const getServiceUses = defineRoute({
  id: 'openapi-services.uses',
  method: 'GET',
  path: '/openapi-services/{id}/uses',
  summary: 'Workflows and steps that call a service, in drafts and live versions.',
  tag,
  permission: 'services.read',
  params: anyParams,
  result: z.strictObject({ items: z.array(connectionUseSchema) }),
});
export const listServiceOperations = defineRoute({
  id: 'openapi-services.operations',
  method: 'GET',
  path: '/openapi-services/{id}/operations',
  summary: 'Operations of a service that fit some words, in the order of its description.',
  tag,
  permission: 'services.read',
  params: anyParams,
  query: z.strictObject({ q }),
  result: z.strictObject({ items: z.array(lineSchema), more: z.boolean() }),
});
export const searchOperations = defineRoute({
  id: 'service-operations.search',
  method: 'GET',
  path: '/service-operations',
  summary:
    'Operations of all services that fit some words: those of the workspace first, then the ready-made ones.',
  tag,
  permission: 'services.read',
  query: z.strictObject({ q, service: z.string().max(100).optional() }),
  result: z.strictObject({ items: z.array(foundSchema), more: z.boolean() }),
});
export const getOperation = defineRoute({
  id: 'service-operations.get',
  method: 'GET',
  path: '/service-operations/one',
  summary: 'One operation with its fields, by the names that a step gives.',
  tag,
  permission: 'services.read',
  query: z.strictObject({ service: z.string().max(100), operation: z.string().max(120) }),
  result: z.strictObject({ service: serviceSchema, operation: operationSchema }),
});
export const serviceContracts = [
  ...[listServices, getService, createService, updateService, deleteService, refreshService],
  ...[getServiceUses, listServiceOperations, searchOperations, getOperation],
];
