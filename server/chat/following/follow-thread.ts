import type { InputOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { followThread as contract } from '@/lib/chat/contract';
import type { Actor } from '@/lib/people/schema';
import { isEnded } from '@/lib/runs/engine/readiness';
import type { Services } from '@/server/services';
import { eventStream } from '../completions/event-stream';
import { followRun } from '../completions/follow-run';
import { mayStillRead } from '../completions/may-still-read';
import { getThread } from '../get-thread';

/** An answer is followed for so long at most; who wants more asks again. */
const maxMs = 10 * 60_000;

/**
 * The answers of a thread that are being written, as server-sent events: `delta` with pieces of a text and where they
 * belong, `answer` with each whole message as its run ends, `end` when all are over. Throws `not_found`.
 */
export async function followThread(
  services: Services,
  actor: Actor,
  { params }: InputOf<typeof contract>,
  request: Request,
): Promise<Response> {
  const input = { params, query: {}, body: undefined };
  const { messages } = await getThread(services, actor, input);
  const open = messages.filter(({ run }) => run && !isEnded(run.status));
  return eventStream(
    services,
    request.signal,
    async (write, until) => {
      const send = (event: string, data: object) =>
        write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
      await Promise.all(
        open.map(async ({ id, run }) => {
          if (run === undefined) return;
          const onPiece = ({ offset, text }: { offset: number; text: string }) =>
            send('delta', { messageId: id, offset, text });
          const state = await followRun(services, run.id, { signal: until, maxMs, onPiece });
          if (state === undefined || until.aborted) return;
          const now = await getThread(services, actor, input);
          const message = now.messages.find((one) => one.id === id);
          if (message) send('answer', message);
        }),
      ).catch((error: unknown) => {
        // Deleted in the middle: there is nothing more to tell.
        if (!AppError.isInstance(error)) throw error;
      });
      send('end', {});
    },
    { person: actor.userId, mayRead: () => mayStillRead(services, actor) },
  );
}
