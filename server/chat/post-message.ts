import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { postMessage as contract } from '@/lib/chat/contract';
import { panelRulesSchema } from '@/lib/chat/panel/contract';
import type { Actor } from '@/lib/people/schema';
import { readIdempotencyKey } from '@/server/idempotency/read-key';
import type { Services } from '@/server/services';
import { agentsToAsk } from './asked-agents';
import { changeToAsk } from './asked-change';
import { deletedFiles } from './attached-files';
import { feedbackOf } from './feedback/feedback-store';
import { holdRate } from './hold-rate';
import { goneMarks } from './marks/gone-marks';
import { marksToKeep } from './marks/name-marks';
import { openTurn } from './open-turn';
import { starterOf } from './start-turn';
import { agentNames, findThread, namesOf, runsOf, toMessage } from './store';
import { turnIds } from './turn-ids';

/**
 * Writes to a thread's agent or workflow, with files of the workspace if need be, or to several agents at once. Message and
 * places of the answers are stored in one commit, then each answer starts as a run. A repeat with the same Idempotency-Key
 * gets the same turn, and starts runs that never began. Throws as `openTurn`, `too_many_requests` for who writes very
 * many, and before anything is stored `conflict` or `invalid_input` for a workflow that cannot take it and for agents
 * that are not there.
 */
export async function postMessage(
  services: Services,
  actor: Actor,
  { params, body }: InputOf<typeof contract>,
  request?: Pick<Request, 'headers'>,
): Promise<ResultOf<typeof contract>> {
  const { prisma, bus } = services;
  const key = readIdempotencyKey(request);
  const thread = await findThread(prisma, actor.workspaceId, params.id);
  if (thread === null) throw new AppError('not_found', 'This conversation does not exist.');
  const agents = await agentsToAsk(services, actor, thread, body);
  const panel = body.mode === 'panel' ? panelRulesSchema.parse(body.panel ?? {}) : undefined;
  const ids = turnIds(actor, params.id, key, panel ? 1 : (agents?.length ?? 1));
  const marks = await marksToKeep(services, actor, thread, body.marks ?? [], ids.message);
  const change = await changeToAsk(services, actor, thread, body);
  const starter = await starterOf(services, actor, thread, agents, { panel, change });
  for (const _ of agents ?? ids.answers) await holdRate(services, actor);
  const writing = {
    ...{ text: body.text, files: body.files ?? [], marks },
    ...(agents === undefined ? {} : { agents: agents.map(({ id }) => id) }),
    ...(panel === undefined ? {} : { together: true as const }),
  };
  const turn = await openTurn(prisma, actor, params.id, writing, ids, starter?.check);
  await starter?.start(turn);
  bus.publish(`workspace:${actor.workspaceId}`, { kind: 'thread', id: params.id });
  const [runs, names, deleted, gone] = await Promise.all([
    runsOf(prisma, actor.workspaceId, turn.answers, Date.now()),
    namesOf(prisma, [turn.message.authorId ?? '']),
    deletedFiles(prisma, actor.workspaceId, [turn.message]),
    goneMarks(services, actor, [turn.message]),
  ]);
  const answerIds = turn.answers.map(({ id }) => id);
  const feedback = await feedbackOf(services.pool, actor.workspaceId, actor.userId, answerIds);
  const known = {
    ...{ runs, names, deleted, gone, feedback },
    agents: await agentNames(prisma, turn.answers),
  };
  const answers = turn.answers.map((row) => toMessage(row, turn.thread, known));
  const [answer] = answers;
  if (answer === undefined) throw new Error('a turn without an answer');
  return { message: toMessage(turn.message, turn.thread, known), answer, answers };
}
