import type { FetchLike } from '@modelcontextprotocol/client';
import { readJson } from '@/lib/api/json/read-json';
import { StepError } from '@/lib/nodes/node-type/define-node';
import { at } from '@/lib/values/unknown';

/** What was read when a response ended may still be on its way through the client. */
const graceMs = 1_000;

export type WatchedAnswers = {
  fetch: FetchLike;
  /** Aborts, with a `StepError`, when a request will never be answered. */
  signal: AbortSignal;
  /** Tells of a message that came. */
  saw(message: unknown): void;
};

/**
 * Watches that a server answers what it is asked. One that ends its response without an answer, or answers under another
 * id, would else be waited for until the time is over.
 */
export function watchAnswers(send: FetchLike, name: string): WatchedAnswers {
  const controller = new AbortController();
  const answered = new Set<unknown>();
  const ended = (id: unknown) => {
    const timer = setTimeout(() => {
      if (answered.has(id)) return;
      const message = `${name} ended its response without an answer to the request.`;
      controller.abort(new StepError('mcp_no_answer', message, { retryable: true }));
    }, graceMs);
    timer.unref();
  };
  return {
    signal: controller.signal,
    saw(message) {
      const isAnswer = at(message, 'method') === undefined;
      if (isAnswer) answered.add(at(message, 'id'));
    },
    async fetch(url, init) {
      const response = await send(url, init);
      const id = requestId(init?.body);
      if (id === undefined || !response.ok) return response;
      if (response.body === null) {
        ended(id);
        return response;
      }
      const body = response.body.pipeThrough(new TransformStream({ flush: () => ended(id) }));
      const { status, statusText, headers } = response;
      return new Response(body, { status, statusText, headers });
    },
  };
}

/** The id of a request that waits for an answer; nothing for a message that does not. */
function requestId(body: unknown): unknown {
  if (typeof body !== 'string') return undefined;
  const read = readJson(body, 0);
  return read.ok && at(read.value, 'method') !== undefined ? at(read.value, 'id') : undefined;
}
