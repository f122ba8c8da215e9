import type { HttpAnswer, NodeContext } from '../node-type/define-node';
import { type Expected, isAmong, unexpected } from './answer';
import { refuseMadeUp } from './made-up';

/** Bytes of one answer. */
const largestAnswer = 4 * 1_048_576;
/** As large as files that steps read. */
const largestFile = 8 * 1_048_576;

export type Outgoing = {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string | undefined;
};
export type Sending = Expected & {
  connection?: string | undefined;
  timeoutMs: number;
  /** Whether it may change something outside. */
  changes: boolean;
  asBytes?: true;
};

/**
 * Sends a request, with the step's idempotency key where it changes something; `page` makes keys of pages apart. Throws
 * `StepError` `http_status` for a status that was not expected, `made_up_answer` for a change after one.
 */
export async function send(
  context: NodeContext,
  { method, url, headers, body }: Outgoing,
  { connection = '', timeoutMs, changes, asBytes, ...expected }: Sending,
  page = 1,
): Promise<HttpAnswer> {
  if (changes) await refuseMadeUp(context);
  const key = page === 1 ? context.idempotencyKey : `${context.idempotencyKey}/page-${page}`;
  const answer = await context.http({
    method,
    url,
    headers:
      changes && headers['idempotency-key'] === undefined
        ? { ...headers, 'idempotency-key': key }
        : headers,
    ...(body === undefined ? {} : { body }),
    timeoutMs,
    ...(asBytes ? { asBytes, maxBytes: largestFile } : { maxBytes: largestAnswer }),
    ...(connection === '' ? {} : { connection }),
  });
  if (!isAmong(answer.status, expected.expect)) throw unexpected(answer, expected, context.now());
  return answer;
}

/** Why a rehearsal does not send a request; undefined where it is sent. */
export function whyRehearsed(
  context: Pick<NodeContext, 'scope'>,
  { changes, connection = '' }: Pick<Sending, 'changes' | 'connection'>,
): string | undefined {
  if (context.scope.run.mode !== 'rehearsal' || (!changes && connection === '')) return undefined;
  return changes ? 'it could change something' : `it needs the connection "${connection}"`;
}
