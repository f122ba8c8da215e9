import { z } from 'zod';

/** Services that a workspace may add, and what one may hold. */
export const maxServices = 100;
export const maxOperations = 2_000;

export const fieldTypes = [
  'text',
  'integer',
  'number',
  'boolean',
  'list',
  'object',
  'any',
] as const;
/** How a list stands in a query or form: `a=1&a=2`, `a=1,2`, `a=1 2`, `a=1|2`, `a[]=1&a[]=2`; `deep`: an object as `a[b]=1`. */
const styles = ['repeat', 'comma', 'space', 'pipe', 'brackets', 'deep', 'slashes'] as const;

/** One value that an operation takes, wherever it stands in the request. */
export const serviceFieldSchema = z.strictObject({
  /** Names it within the operation; steps keep values under it. */
  key: z.string(),
  /** As it is sent. */
  name: z.string(),
  /** `server`: a part of the server's address. */
  in: z.enum(['server', 'path', 'query', 'header', 'body']),
  /** Where it stands in a body, if not under its name. Empty: it is the whole body. */
  at: z.array(z.string()).optional(),
  type: z.enum(fieldTypes),
  /** What a list holds; text unless said. */
  items: z.enum(fieldTypes).optional(),
  title: z.string().optional(),
  description: z.string().optional(),
  required: z.literal(true).optional(),
  options: z.array(z.string()).optional(),
  /** What the service takes where nothing is given; shown, not sent. */
  fallback: z.string().optional(),
  /** `slashes`: a path that may have several segments. */
  style: z.enum(styles).optional(),
});
export type ServiceField = z.infer<typeof serviceFieldSchema>;

const bodySchema = z.strictObject({
  /** `graphql`: fields are variables of `query`; `mail`: fields become a message that stands base64url-encoded at `at`. */
  kind: z.enum(['json', 'form', 'multipart', 'text', 'graphql', 'mail']),
  mediaType: z.string().optional(),
  required: z.literal(true).optional(),
  query: z.string().optional(),
  at: z.array(z.string()).optional(),
  /** What is always sent beside the fields. */
  fixed: z.record(z.string(), z.unknown()).optional(),
});

const pathSchema = z.array(z.string());
/** How the pages of a list follow each other, and where in an answer their items stand. */
const pagesSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('cursor'),
    items: pathSchema,
    /** Key of the field that takes the cursor. */
    field: z.string(),
    next: pathSchema,
    /** Where the answer says whether there is more, if not by the cursor alone. */
    more: pathSchema.optional(),
    /** The cursor is this field of the last item. */
    ofLast: z.string().optional(),
  }),
  z.strictObject({ kind: z.literal('link'), items: pathSchema }),
  z.strictObject({ kind: z.literal('url'), items: pathSchema, next: pathSchema }),
  z.strictObject({
    kind: z.literal('offset'),
    items: pathSchema,
    field: z.string(),
    total: pathSchema.optional(),
  }),
]);
export type ServicePages = z.infer<typeof pagesSchema>;

export const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const;

/** One thing that can be asked of a service. */
export const operationSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  description: z.string().optional(),
  /** Operations of one kind of thing stand together. */
  group: z.string().optional(),
  method: z.enum(methods),
  /** Behind the server's address, with `{name}` for fields of the path. */
  path: z.string(),
  /** The server's address, if not that of the service. */
  server: z.string().optional(),
  deprecated: z.literal(true).optional(),
  /** Why it cannot be called by a step. */
  unsupported: z.string().optional(),
  /** Required ones first. */
  fields: z.array(serviceFieldSchema),
  body: bodySchema.optional(),
  /** Headers that are always sent. */
  headers: z.record(z.string(), z.string()).optional(),
  /** It changes nothing, whatever its method says. */
  reads: z.literal(true).optional(),
  /** A sample of what comes back. */
  returns: z.unknown().optional(),
  pages: pagesSchema.optional(),
  /** The answer says under this path whether it went well (`ok: false` with status 200); `error` says what went wrong. */
  okAt: z.strictObject({ ok: pathSchema, error: pathSchema }).optional(),
});
export type Operation = z.infer<typeof operationSchema>;

/** What a connection for the service is made of, as far as the service says. */
export const authSchema = z.strictObject({
  kind: z.enum(['none', 'api_key', 'bearer', 'basic', 'oauth2', 'other']),
  hosts: z.array(z.string()),
  /** Where an API key is sent. */
  in: z.enum(['header', 'query', 'path']).optional(),
  name: z.string().optional(),
  /** Where people find the secret, in a sentence. */
  help: z.string().optional(),
  testUrl: z.string().optional(),
  scopes: z.array(z.string()).optional(),
});
export type ServiceAuth = z.infer<typeof authSchema>;

/** A service as its description says, without what the workspace adds to it. */
export type ServiceDescription = {
  title: string;
  description?: string;
  /** Version of the description. */
  version?: string;
  serverUrl: string;
  auth: ServiceAuth[];
  operations: Operation[];
};

/** How steps name a ready-made service; all others they name by their name in the workspace. */
export const readyPrefix = 'ready:';
