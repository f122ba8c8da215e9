import type { FailureKind } from '@/lib/models/failing/reactions';

/** A refusal as a vendor sends it: status, body, what kind of failure it is, and for how long to wait. */
export type FailureBody = readonly [
  name: string,
  status: number | undefined,
  body: unknown,
  kind: FailureKind,
  waitMs?: number,
  headers?: Readonly<Record<string, string>>,
];

export const openai = (
  message: string,
  code: string | null = null,
  type = 'invalid_request_error',
) => ({
  error: { message, type, param: null, code },
});
export const anthropic = (type: string, message: string) => ({
  type: 'error',
  error: { type, message },
});
export const google = (code: number, status: string, message: string, ...details: object[]) => ({
  error: { code, message, status, ...(details.length > 0 ? { details } : {}) },
});
export const retry = (retryDelay: string) => ({
  '@type': 'type.googleapis.com/google.rpc.RetryInfo',
  retryDelay,
});
export const quota = (quotaId: string) => ({
  '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
  violations: [{ quotaMetric: 'generate_content_requests', quotaId }],
});
export const current =
  'You exceeded your current quota, please check your plan and billing details.';
