import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { postMessage as contract } from '@/lib/chat/contract';
import { planTurn } from '@/lib/chat/plan-turn';
import type { ModelMessage } from '@/lib/models/schema';
import type { Actor } from '@/lib/people/schema';
import { startInline } from '@/server/runs/start-inline';
import type { Services } from '@/server/services';
import { type OpenTurn, openTurn } from './open-turn';
import { namesOf, runsOf, toMessage } from './store';
import { turnIds } from './turn-ids';

/**
 * Writes to a thread's agent. Message and place of the answer are stored in one commit, then the turn starts as a
 * run. A repeat with the same Idempotency-Key gets the same turn, and starts its run if that never began.
 */
export async function postMessage(
  services: Services,
  actor: Actor,
  { params, body }: InputOf<typeof contract>,
  request?: Pick<Request, 'headers'>,
): Promise<ResultOf<typeof contract>> {
  const { prisma, bus } = services;
  const key = request?.headers.get('idempotency-key') ?? undefined;
  if (key !== undefined && (key.length === 0 || key.length > 200)) {
    throw new AppError('invalid_input', 'Idempotency-Key: use 1 to 200 characters.');
  }
  const ids = turnIds(actor, params.id, key);
  const turn = await openTurn(prisma, actor, params.id, body.text, ids);
  await startTurn(services, actor, turn, ids.run);
  bus.publish(`workspace:${actor.workspaceId}`, { kind: 'thread', id: params.id });
  const [runs, names] = await Promise.all([
    runsOf(prisma, actor.workspaceId, [turn.answer], Date.now()),
    namesOf(prisma, [turn.message.authorId ?? '']),
  ]);
  return {
    message: toMessage(turn.message, turn.thread, runs, names),
    answer: toMessage(turn.answer, turn.thread, runs, names),
  };
}

async function startTurn(
  services: Services,
  actor: Actor,
  turn: OpenTurn,
  runId: string,
): Promise<void> {
  const { agent } = turn.thread;
  if (agent === null) return;
  const { definition, input } = planTurn({
    agent,
    history: historyOf(turn),
    text: turn.message.text,
  });
  await startInline(services, actor, {
    definition,
    input,
    mode: 'live',
    threadId: turn.thread.id,
    runId,
    name: definition.name,
  });
}

function historyOf({ before, runs }: OpenTurn): ModelMessage[] {
  return before.map((row) =>
    row.role === 'assistant'
      ? { role: 'assistant', content: runs.get(row.runId ?? '')?.text ?? row.text }
      : { role: 'user', content: row.text },
  );
}
