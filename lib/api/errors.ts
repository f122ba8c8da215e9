import { hasMark } from './has-mark';

/** The one table of error codes: HTTP status, and whether the same request may succeed later. */
export const errorTable = {
  invalid_input: { status: 400, retryable: false },
  malformed_body: { status: 400, retryable: false },
  unauthenticated: { status: 401, retryable: false },
  forbidden: { status: 403, retryable: false },
  not_found: { status: 404, retryable: false },
  method_not_allowed: { status: 405, retryable: false },
  conflict: { status: 409, retryable: false },
  already_finished: { status: 409, retryable: false },
  idempotency_mismatch: { status: 409, retryable: false },
  too_large: { status: 413, retryable: false },
  unsupported_media_type: { status: 415, retryable: false },
  has_problems: { status: 422, retryable: false },
  locked: { status: 423, retryable: false },
  too_many_requests: { status: 429, retryable: true },
  internal: { status: 500, retryable: true },
  provider_failed: { status: 502, retryable: true },
  unavailable: { status: 503, retryable: true },
} as const;

export type ErrorCode = keyof typeof errorTable;

const appErrorMark = Symbol.for('ensemble.AppError');

/** An error that a person or a program may see: a code of the table, a sentence, and details that are safe to show. */
export class AppError extends Error {
  readonly [appErrorMark] = true;
  static isInstance(value: unknown): value is AppError {
    return hasMark(value, appErrorMark);
  }
  readonly code: ErrorCode;
  readonly details?: unknown;
  constructor(code: ErrorCode, message: string, details?: unknown) {
    super(message);
    this.code = code;
    this.details = details;
  }
  get status(): number {
    return errorTable[this.code].status;
  }
}

/** Whether a thrown value is an {@link AppError}, of whichever bundle. */
export const isAppError = (error: unknown): error is AppError => AppError.isInstance(error);

export type ErrorBody = { error: { code: ErrorCode; message: string; details?: unknown } };
