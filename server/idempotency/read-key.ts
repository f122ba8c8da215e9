import { AppError } from '@/lib/api/errors';

/** The Idempotency-Key of a request, if it has one. Throws `invalid_input` for one that is empty or too long. */
export function readIdempotencyKey(
  request: Pick<Request, 'headers'> | undefined,
): string | undefined {
  const key = request?.headers.get('idempotency-key') ?? undefined;
  if (key !== undefined && (key.length === 0 || key.length > 200)) {
    throw new AppError('invalid_input', 'Idempotency-Key: use 1 to 200 characters.');
  }
  return key;
}
