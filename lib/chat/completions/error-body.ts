import type { ErrorCode } from '@/lib/api/errors';

export type OpenAiError = {
  error: { message: string; type: string; param: string | null; code: string | null };
};

/** An error as clients of OpenAI's protocol read it. */
export function openAiError(
  status: number,
  { code, message, param = null }: { code: string; message: string; param?: string | null },
): OpenAiError {
  return { error: { message, type: typeOf(status), param, code: codes[code] ?? code } };
}

function typeOf(status: number): string {
  if (status === 401) return 'authentication_error';
  if (status === 403) return 'permission_error';
  if (status === 429) return 'rate_limit_error';
  return status >= 500 ? 'server_error' : 'invalid_request_error';
}

const codes: Readonly<Partial<Record<ErrorCode | string, string>>> = {
  unauthenticated: 'invalid_api_key',
  too_many_requests: 'rate_limit_exceeded',
  malformed_body: 'invalid_request',
  invalid_input: 'invalid_request',
};
