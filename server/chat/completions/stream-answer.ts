import { errorTable, isAppError } from '@/lib/api/errors';
import { openAiError } from '@/lib/chat/completions/error-body';
import type { Services } from '@/server/services';
import { eventStream, type Reader } from './event-stream';

type Body = (send: (data: object) => void, until: AbortSignal) => Promise<void>;

/**
 * Server-sent events as clients of OpenAI's protocol read them: a line of data each, `[DONE]` at the end, and what went wrong
 * as an error in between. Throws `unavailable` where too many are being sent.
 */
export function streamOf(
  services: Pick<Services, 'log'>,
  { runId, signal, ...reader }: { runId: string; signal: AbortSignal } & Reader,
  body: Body,
): Response {
  const written = async (write: (text: string) => void, until: AbortSignal) => {
    const send = (data: object) => write(`data: ${JSON.stringify(data)}\n\n`);
    try {
      await body(send, until);
    } catch (error) {
      if (!isAppError(error)) services.log.error({ err: error, runId }, 'an answer was not sent');
      send(shown(error));
    }
    write('data: [DONE]\n\n');
  };
  return eventStream(services, signal, written, { ...reader, headers: { 'x-run-id': runId } });
}

function shown(error: unknown): object {
  if (isAppError(error)) return openAiError(errorTable[error.code].status, error);
  const message = 'Something went wrong on the server.';
  return openAiError(500, { code: 'internal', message });
}
