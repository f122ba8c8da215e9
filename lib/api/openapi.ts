import { z } from 'zod';
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiOverride,
  type ZodOpenApiRequestBodyObject,
} from 'zod-openapi';
import { keysOf } from '@/lib/values/keys-of';
import type { Contract } from './define-route';
import { honoursKey } from './define-route';
import { errorTable } from './errors';

const errorBody = z
  .strictObject({
    error: z.strictObject({
      code: z.enum(keysOf(errorTable)),
      message: z.string(),
      details: z.unknown().optional(),
    }),
  })
  .meta({ id: 'Error', description: 'Every error, from one table of codes.' });

/**
 * The OpenAPI 3.1 document of some contracts. `url` is the public address without a slash at its end. The same
 * contracts give the same document, key for key, so that a drift shows.
 */
export function openApiDocument(
  contracts: readonly Contract[],
  info: { url: string; version: string },
) {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const contract of contracts) {
    const item = paths[contract.path] ?? {};
    item[contract.method.toLowerCase()] = operationOf(contract);
    paths[contract.path] = item;
  }
  return createDocument(
    {
      openapi: '3.1.0',
      info: {
        title: 'Ensemble',
        version: info.version,
        description:
          'Sign in with `POST /api/auth/sign-in/email` and send the cookie, or send an API key as `Authorization: Bearer <key>`.',
      },
      servers: [{ url: `${info.url}/api/v2` }],
      tags: [...new Set(contracts.map(({ tag }) => tag))].map((name) => ({ name })),
      paths,
      components: {
        securitySchemes: {
          apiKey: {
            type: 'http',
            scheme: 'bearer',
            description: 'An API key from Settings → API keys.',
          },
          session: { type: 'apiKey', in: 'cookie', name: 'ensemble.session_token' },
        },
      },
    },
    { override: simplify },
  );
}

function operationOf(contract: Contract): ZodOpenApiOperationObject {
  const open = contract.permission === 'anyone';
  const body = bodyOf(contract);
  return {
    operationId: contract.id,
    summary: contract.summary,
    tags: [contract.tag],
    description: accessOf(contract),
    security: open ? [] : [{ apiKey: [] }, { session: [] }],
    requestParams: { path: contract.params, query: contract.query, header: headersOf(contract) },
    ...(body ? { requestBody: body } : {}),
    responses: {
      [String(contract.status) as '200']: {
        description: 'Done.',
        content: { 'application/json': { schema: contract.result } },
      },
      default: {
        description: 'What went wrong.',
        content: { 'application/json': { schema: errorBody } },
      },
    },
  };
}

/** Who may ask, as one sentence. */
export function accessOf({ permission }: Pick<Contract, 'permission'>): string {
  if (permission === 'anyone') return 'Needs no account.';
  if (permission === 'signed-in') return 'For every signed-in person.';
  return `Needs the permission \`${permission}\`.`;
}

/** Headers that a contract reads besides the sign-in. */
export function headersOf(contract: Contract): z.ZodObject {
  const member = contract.permission !== 'anyone' && contract.permission !== 'signed-in';
  const idempotent = honoursKey(contract);
  const changesDraft = contract.conditional && contract.method !== 'GET';
  return z.object({
    ...(changesDraft
      ? {
          'if-match': z.string().optional().meta({
            description:
              'The ETag of the draft you changed. If the draft is different now, nothing is written: 409 with its number.',
          }),
        }
      : {}),
    ...(member
      ? {
          'x-workspace': z
            .string()
            .optional()
            .meta({ description: 'Id or slug of the workspace, if you have several.' }),
        }
      : {}),
    ...(idempotent
      ? {
          'idempotency-key': z.string().optional().meta({
            description:
              '1 to 200 characters. Repeating a request with the same key within a week returns the first response and does nothing.',
          }),
        }
      : {}),
  });
}

/** Whether a contract takes a body at all. */
export function takesBody({ body }: Pick<Contract, 'body'>): boolean {
  return !(body instanceof z.ZodUndefined);
}

function bodyOf(contract: Contract): ZodOpenApiRequestBodyObject | undefined {
  if (!takesBody(contract)) return undefined;
  const raw = contract.accepts.length > 1;
  const binary = contract.accepts.includes('application/octet-stream');
  const content = contract.accepts.map((type) => {
    const text = raw && type !== 'application/json';
    const schema = binary || text ? { type: 'string' as const } : contract.body;
    return [type, { schema }] as const;
  });
  return {
    required: !contract.body.safeParse(undefined).success,
    content: Object.fromEntries(content),
  };
}

/** Leaves out what a reader of the document cannot use: patterns of named formats, limits of all safe integers. */
const simplify: ZodOpenApiOverride = ({ jsonSchema }) => {
  if (jsonSchema.format && jsonSchema.pattern) jsonSchema.pattern = undefined;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) jsonSchema.maximum = undefined;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) jsonSchema.minimum = undefined;
};
