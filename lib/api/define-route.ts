import { z } from 'zod';
import type { Permission } from '@/lib/people/can';

const noFields = z.strictObject({});
const noBody = z.undefined();

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * Who may ask: a member of the workspace whose role has the permission; `signed-in`: any person, with or without
 * a workspace; `anyone`: also without an account (set-up, invitations).
 */
export type Access = Permission | 'signed-in' | 'anyone';

/**
 * One thing that can be asked of the product. Client hooks, route handlers, OpenAPI and the
 * authorisation tests all read it. `path` is below `/api/v2`, with `{name}` for parameters.
 */
export type Contract<
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType = z.ZodType,
  Result extends z.ZodType = z.ZodType,
> = {
  id: string;
  method: Method;
  path: string;
  summary: string;
  tag: string;
  permission: Access;
  params: Params;
  query: Query;
  body: Body;
  result: Result;
  /** Status of success; 200 unless said. */
  status: number;
  /** Media types that the body may have; JSON unless said. */
  accepts: string[];
  /** Largest body in bytes; 1 MiB unless said. */
  maxBytes: number;
  /** Answers with the draft's number as `ETag`, and writes only a draft that `If-Match` names, where it is given. */
  conditional: boolean;
  /** Its use case keeps the Idempotency-Key in rows of its own; of all others the answer is kept. */
  ownKeys: boolean;
  /** It may take minutes, and finds what it did under the same Idempotency-Key: whoever sends it again after a death goes on. */
  resumes: boolean;
  /** Its body holds a secret: what is kept to tell repeats apart must not let anybody try secrets out. */
  holdsSecret: boolean;
};

/** Whether the same request under the same Idempotency-Key is done once: all that may create something, by members. */
export const honoursKey = ({
  method,
  permission,
}: Pick<Contract, 'method' | 'permission'>): boolean =>
  method === 'POST' && permission !== 'anyone';

type Given<
  P extends z.ZodObject,
  Q extends z.ZodObject,
  B extends z.ZodType,
  R extends z.ZodType,
> = Pick<
  Contract<P, Q, B, R>,
  'id' | 'method' | 'path' | 'summary' | 'tag' | 'permission' | 'result'
> & {
  params?: P;
  query?: Q;
  body?: B;
  status?: number;
  accepts?: string[];
  maxBytes?: number;
  conditional?: boolean;
  ownKeys?: boolean;
  resumes?: boolean;
  holdsSecret?: boolean;
};

/** Declares a contract; see {@link Contract}. Absent params, query and body accept nothing. */
export function defineRoute<
  R extends z.ZodType,
  P extends z.ZodObject = typeof noFields,
  Q extends z.ZodObject = typeof noFields,
  B extends z.ZodType = typeof noBody,
>(given: Given<P, Q, B, R>): Contract<P, Q, B, R> {
  return {
    status: 200,
    accepts: ['application/json'],
    maxBytes: 1_048_576,
    conditional: false,
    ownKeys: false,
    resumes: false,
    holdsSecret: false,
    ...given,
    params: (given.params ?? noFields) as P,
    query: (given.query ?? noFields) as Q,
    body: (given.body ?? noBody) as B,
  };
}

/** What a use case is called with. */
export type InputOf<C> =
  C extends Contract<infer P, infer Q, infer B, z.ZodType>
    ? { params: z.output<P>; query: z.output<Q>; body: z.output<B> }
    : never;
export type ResultOf<C> =
  C extends Contract<z.ZodObject, z.ZodObject, z.ZodType, infer R> ? z.output<R> : never;
