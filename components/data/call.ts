import type { z } from 'zod';
import type { Contract } from '@/lib/api/define-route';
import type { ErrorBody, ErrorCode } from '@/lib/api/errors';
import { hasMark } from '@/lib/api/has-mark';

const apiErrorMark = Symbol.for('ensemble.ApiError');

/** An answer that is not a success: the code and sentence of the server, or `offline` when none came. */
export class ApiError extends Error {
  readonly [apiErrorMark] = true;
  static isInstance(value: unknown): value is ApiError {
    return hasMark(value, apiErrorMark);
  }
  readonly code: ErrorCode | 'offline';
  readonly status: number;
  readonly details: unknown;
  constructor(code: ErrorCode | 'offline', status: number, message: string, details?: unknown) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.status = status;
    this.details = details;
  }
}

type AnyContract = Contract<z.ZodObject, z.ZodObject, z.ZodType, z.ZodType>;
type Part<Name extends string, Schema extends z.ZodType> =
  z.input<Schema> extends undefined
    ? { [K in Name]?: undefined }
    : Record<never, never> extends z.input<Schema>
      ? { [K in Name]?: z.input<Schema> }
      : { [K in Name]: z.input<Schema> };

/** What a contract asks for, as a caller writes it: parts without required fields may be left out. */
export type CallInput<C> =
  C extends Contract<infer P, infer Q, infer B, z.ZodType>
    ? Part<'params', P> & Part<'query', Q> & Part<'body', B>
    : never;
export type CallResult<C> =
  C extends Contract<z.ZodObject, z.ZodObject, z.ZodType, infer R> ? z.output<R> : never;

type Options = {
  signal?: AbortSignal;
  /** Makes repeats of this call harmless, where the contract honours it. */
  idempotencyKey?: string;
  /** Sends the body as it is, a text or bytes, with this media type instead of JSON. */
  contentType?: string;
  /** The body is a form with its files, and the browser names its media type. */
  form?: boolean;
  /** Beside those of every call. */
  headers?: Record<string, string>;
  /** Lets the request finish though the page goes away; for bodies below 64 KiB. */
  keepalive?: boolean;
};

/** Address of a call, for links to files. */
export function pathOf(contract: AnyContract, input: { params?: object; query?: object }): string {
  const params = (input.params ?? {}) as Record<string, unknown>;
  const path = contract.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    // The parts of a path are parts of the address.
    String(params[name])
      .split(name === 'path' ? '/' : /(?!)/)
      .map(encodeURIComponent)
      .join('/'),
  );
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input.query ?? {})) {
    if (value !== undefined && value !== '') query.set(name, String(value));
  }
  const search = query.toString();
  return `/api/v2${path}${search ? `?${search}` : ''}`;
}

/** Asks the server for what a contract promises. Throws {@link ApiError}; aborts as `fetch` does. */
export async function call<C extends AnyContract>(
  contract: C,
  input: CallInput<C>,
  options: Options = {},
): Promise<CallResult<C>> {
  const { params, query, body } = input as { params?: object; query?: object; body?: unknown };
  const headers: Record<string, string> = { accept: 'application/json', ...options.headers };
  const asIs = options.form === true || options.contentType !== undefined;
  if (body !== undefined && !options.form)
    headers['content-type'] = options.contentType ?? 'application/json';
  if (options.idempotencyKey) headers['idempotency-key'] = options.idempotencyKey;
  const response = await fetch(pathOf(contract, { params, query }), {
    method: contract.method,
    headers,
    signal: options.signal,
    keepalive: options.keepalive,
    body: body === undefined ? undefined : asIs ? (body as BodyInit) : JSON.stringify(body),
  }).catch((error: unknown) => {
    if (options.signal?.aborted) throw error;
    throw new ApiError(
      'offline',
      0,
      'The server did not respond. Check your connection and try again.',
    );
  });
  const text = await response.text();
  const answer = parseAnswer(text);
  if (!response.ok) throw errorOf(response.status, answer);
  return answer as CallResult<C>;
}

export function parseAnswer(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function errorOf(status: number, answer: unknown): ApiError {
  const error = (answer as ErrorBody | undefined)?.error;
  if (error) return new ApiError(error.code, status, error.message, error.details);
  return new ApiError('internal', status, `The server responded with status ${status}.`);
}
