import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Effect = { runId: string; stepId: string; attempt: number; at: number };

/**
 * A service outside the product that counts what steps do to it. Steps whose id starts with `hold` are answered
 * only when the test releases them, `slow` ones after 400 ms, all others after a few.
 */
export async function openEffects() {
  const seen: Effect[] = [];
  const held = new Map<string, ServerResponse[]>();
  const server = createServer((request, response) => {
    const [, runId = '', stepId = '', attempt = ''] = (request.url ?? '').split('/');
    seen.push({ runId, stepId, attempt: Number(attempt), at: Date.now() });
    if (stepId.startsWith('hold')) {
      const key = `${runId}/${stepId}`;
      held.set(key, [...(held.get(key) ?? []), response]);
    } else {
      const delayMs = stepId.startsWith('slow') ? 400 : 2 + (seen.length % 17);
      setTimeout(() => response.end(`${stepId} ${attempt}`), delayMs);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    of: (runId: string, stepId?: string) =>
      seen.filter((one) => one.runId === runId && (stepId === undefined || one.stepId === stepId)),
    /** Answers the requests of a step that came so far. */
    release(runId: string, stepId: string) {
      const key = `${runId}/${stepId}`;
      for (const response of held.get(key) ?? []) response.end('released');
      held.delete(key);
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
export type Effects = Awaited<ReturnType<typeof openEffects>>;
