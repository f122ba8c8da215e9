import type { AgUiInput } from '@/lib/ag-ui/contract';
import { type AgUiEvent, translateRun } from '@/lib/ag-ui/translate';
import { AppError } from '@/lib/api/errors';
import { answerStepId } from '@/lib/chat/answer';
import type { Actor } from '@/lib/people/schema';
import type { RunState } from '@/lib/runs/schema';
import { cancelRun } from '@/server/runs/control/cancel-run';
import type { Services } from '@/server/services';
import { listTurns } from '@/server/tools/list-turns';
import { answerOf } from '../completions/answer-of';
import { eventStream } from '../completions/event-stream';
import { followRun } from '../completions/follow-run';
import { mayStillRead } from '../completions/may-still-read';

/** How long a stream follows; its run goes on behind that. */
const maxMs = 30 * 60_000;

type Follow = { body: AgUiInput; runId: string; again: boolean; signal: AbortSignal };

/** A run as the events of AG-UI, from its beginning. Throws `unavailable` where too many are being sent. */
export function streamRun(
  services: Services,
  actor: Actor,
  { body, runId, again, signal }: Follow,
): Response {
  const follow = async (write: (text: string) => void, until: AbortSignal) => {
    const send = (events: readonly AgUiEvent[]) => {
      for (const event of events) write(`data: ${JSON.stringify(event)}\n\n`);
    };
    const run = translateRun({ input: body, runId });
    send(run.begin(again));
    const calls = async ({ status }: RunState) => {
      const { items } = await listTurns(services, actor, {
        ...{ params: { id: runId, stepId: answerStepId }, query: {}, body: undefined },
      });
      send([...run.calls(items.flatMap((turn) => turn.calls)), ...run.status(status)]);
    };
    try {
      const onPiece = (piece: { offset: number; text: string }) => send(run.piece(piece));
      const state = await followRun(services, runId, {
        signal: until,
        maxMs,
        onPiece,
        onLook: calls,
      });
      if (until.aborted) await leave(services, actor, { body, runId });
      else send(await endOf(services, runId, run, state));
    } catch (error) {
      services.log.error({ err: error, runId }, 'a run could not be followed');
      send(run.fail('Something went wrong on the server. Send the same run again.', 'internal'));
    }
  };
  return eventStream(services, signal, follow, {
    person: actor.userId,
    mayRead: () => mayStillRead(services, actor),
    headers: { 'x-run-id': runId },
  });
}

async function endOf(
  { pool }: Pick<Services, 'pool'>,
  runId: string,
  run: ReturnType<typeof translateRun>,
  state: RunState | undefined,
): Promise<AgUiEvent[]> {
  switch (state?.status) {
    case undefined:
      return run.fail(
        `The run takes longer than ${maxMs / 60_000} minutes and goes on. Send the same run again to follow it.`,
        'still_running',
      );
    case 'succeeded':
      return run.succeed(await answerOf(pool, runId, state?.output), state.scripted === true);
    case 'cancelled':
      return run.cancel();
    default: {
      const { message, code } = state?.error ?? { message: 'The run failed.', code: 'failed' };
      return run.fail(message, code);
    }
  }
}

/** The client went away: its run goes on, unless the client said otherwise. */
async function leave(
  services: Services,
  actor: Actor,
  { body, runId }: Pick<Follow, 'body' | 'runId'>,
): Promise<void> {
  if (body.forwardedProps?.cancelOnDisconnect !== true) return;
  const input = { params: { id: runId }, query: {}, body: undefined };
  await cancelRun(services, actor, input).catch((error: unknown) => {
    if (!AppError.isInstance(error)) throw error;
  });
}
