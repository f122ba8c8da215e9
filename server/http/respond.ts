import { randomUUID } from 'node:crypto';
import { AppError, type ErrorBody, errorTable, isAppError } from '@/lib/api/errors';
import { at } from '@/lib/values/unknown';
import type { Services } from '@/server/services';

const common = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' } as const;

/** JSON that no cache keeps. */
export function respondJson(
  value: unknown,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return respondText(JSON.stringify(value), status, headers);
}

/** The same for a value that is JSON text already. */
export function respondText(
  json: string,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(json, {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8', ...common, ...headers },
  });
}

/**
 * Any thrown value as `{"error":{code,message,details?}}` of the one table. What is not an AppError is told as
 * `internal` with an id that stands beside the cause in the log, and nothing else.
 */
export function respondError(log: Services['log'], error: unknown, about: string): Response {
  const known = toAppError(log, error, about);
  const { code, message, details } = known;
  const body: ErrorBody = {
    error: { code, message, ...(details === undefined ? {} : { details }) },
  };
  const retry = errorTable[code].retryable && code !== 'internal';
  return respondJson(
    body,
    errorTable[code].status,
    retry ? { 'Retry-After': retryAfter(known) } : {},
  );
}

function toAppError(log: Services['log'], error: unknown, about: string): AppError {
  if (isAppError(error)) return error;
  // Prisma's word for a row that somebody else inserted at the same moment.
  if (at(error, 'code') === 'P2002') {
    return new AppError(
      'conflict',
      'Someone else made the same change at the same time. Reload and try again.',
    );
  }
  if (isDatabaseAway(error)) {
    log.warn({ err: error, about }, 'the database cannot be reached');
    return new AppError('unavailable', 'The database is not available. Try again in a moment.');
  }
  const id = randomUUID();
  log.error({ err: error, id, about }, 'a request failed');
  return new AppError(
    'internal',
    `Something went wrong on the server. The log entry has the ID ${id}.`,
    { id },
  );
}

/** Connection refused or broken, shutting down, too many connections, pool or connect time-out. */
function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = String(at(error, 'code') ?? '');
  if (
    /^(ECONNREFUSED|ECONNRESET|EPIPE|08\w{3}|57P0[1-3]|53300|P1001|P1002|P1008|P1017|P2024|P2028)$/.test(
      code,
    )
  ) {
    return true;
  }
  return /Connection terminated|timeout exceeded when trying to connect|Can't reach database/i.test(
    error.message,
  );
}

function retryAfter(error: AppError): string {
  const seconds = at(error.details, 'retryAfter');
  return typeof seconds === 'number' ? String(Math.max(1, Math.ceil(seconds))) : '1';
}

/** The answer to an account that was made a moment ago: 201 with the cookies of its first session. */
export function respondSignedIn(made: unknown, cookies: readonly string[]): Response {
  const response = respondJson(made, 201);
  for (const cookie of cookies) response.headers.append('Set-Cookie', cookie);
  return response;
}
