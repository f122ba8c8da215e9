import { readJson } from '@/lib/api/json/read-json';
import { openAiError } from '@/lib/chat/completions/error-body';
import { at } from '@/lib/values/unknown';
import type { Handler, RouteContext } from '@/server/http/handle';
import { respondJson } from '@/server/http/respond';

const textAt = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

/** A handler whose errors are those of OpenAI's protocol, wherever they came from. */
export function speakOpenAi(handler: Handler): Handler {
  const speak = async (request: Request, context: RouteContext): Promise<Response> => {
    const response = await handler(request, context);
    if (response.ok) return response;
    const read = readJson(await response.text());
    const error = read.ok ? at(read.value, 'error') : undefined;
    const details = at(error, 'details');
    const body = openAiError(response.status, {
      code: textAt(at(details, 'code')) ?? textAt(at(error, 'code')) ?? 'internal',
      message: textAt(at(error, 'message')) ?? 'Something went wrong on the server.',
      param: textAt(at(details, 'param')) ?? null,
    });
    const runId = textAt(at(details, 'runId'));
    const retry = response.headers.get('retry-after');
    return respondJson(body, response.status, {
      ...(retry === null ? {} : { 'Retry-After': retry }),
      // The run is there: asking again would begin another one.
      ...(runId === undefined ? {} : { 'x-run-id': runId, 'x-should-retry': 'false' }),
    });
  };
  return Object.assign(speak, { contract: handler.contract });
}
