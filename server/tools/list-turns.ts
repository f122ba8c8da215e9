import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import type { listTurns as contract } from '@/lib/tools/contract';
import type { Services } from '@/server/services';
import { callsOfStep, turnsOfStep } from './turn-store';
import { viewCall } from './view';

/** What the agent of a step did so far. Throws `not_found`. */
export async function listTurns(
  { pool }: Pick<Services, 'pool'>,
  { workspaceId }: Actor,
  { params }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { id, stepId } = params;
  const found = await turnsOfStep(pool, { runId: id, stepId, workspaceId });
  if (found === undefined) throw new AppError('not_found', 'This run does not exist.');
  const calls = (await callsOfStep(pool, { runId: id, stepId, workspaceId })).map(viewCall);
  const items = found.turns.map(({ turn, data, costUsd, at }) => ({
    ...{ turn, text: data.text, model: `${data.provider}/${data.model}` },
    ...{ rehearsed: data.rehearsed, costUsd, at: at.toISOString() },
    calls: calls.filter((call) => call.turn === turn),
  }));
  const { agent } = found.opening ?? {};
  return {
    ...(agent
      ? { agent: { handle: agent.handle, name: agent.name, version: agent.version ?? null } }
      : {}),
    items,
  };
}
