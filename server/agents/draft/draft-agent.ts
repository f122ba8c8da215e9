import { randomUUID } from 'node:crypto';
import { draftRun, questionOf, readDraft } from '@/lib/agents/draft/by-model';
import { type Draft, draftByRules, type KnownTool } from '@/lib/agents/draft/by-rules';
import type { draftAgent as contract, DraftedAgent } from '@/lib/agents/draft/contract';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { can } from '@/lib/people/can';
import type { Actor } from '@/lib/people/schema';
import { holdRate } from '@/server/chat/hold-rate';
import { uuidOf } from '@/server/db/uuid-of';
import { answerOf } from '@/server/from-words/answer-of';
import { readIdempotencyKey } from '@/server/idempotency/read-key';
import type { Services } from '@/server/services';
import { findTools } from '@/server/tools/find-tools';
import { freeHandle } from '../free-handle';

/**
 * Drafts an agent out of a sentence: by a model where one is available, else by a built-in role and rules, and says which.
 * Nothing is stored. The same Idempotency-Key goes on with the run that it began. Throws `too_many_requests`.
 */
export async function draftAgent(
  services: Services,
  actor: Actor,
  { body }: InputOf<typeof contract>,
  request: Request,
): Promise<ResultOf<typeof contract>> {
  await holdRate(services, actor);
  const { description } = body;
  const tools = (await findTools(services, actor.workspaceId))
    .filter(
      (tool) =>
        tool.given === undefined &&
        tool.unavailable === undefined &&
        can(actor.role, tool.permission),
    )
    .map(({ name, ref, title, source }): KnownTool => ({ name, ref, title, source }));
  const base = draftByRules(description, tools);
  const asked = body.useModel
    ? await askModel(services, actor, { base, description, tools, request })
    : { why: 'No model was asked.', runs: [] };
  const drafted = asked.drafted ?? byRules(base, asked.why, asked.runs);
  const handle = await freeHandle(services, actor, drafted.agent.handle);
  return { ...drafted, agent: { ...drafted.agent, handle } };
}

function byRules({ role, ...draft }: Draft, why: string, runs: string[]): DraftedAgent {
  const note = `${why} A built-in role and rules made this draft. Read it before you create the agent.`;
  return { ...draft, made: { by: 'rules', model: null, role: role.name, note, runs } };
}

type Asked = { base: Draft; description: string; tools: KnownTool[]; request: Request };

async function askModel(
  services: Services,
  actor: Actor,
  { base, description, tools, request }: Asked,
): Promise<{ drafted?: DraftedAgent; why: string; runs: string[] }> {
  const chosen = await services.models.choose(actor.workspaceId, 'auto');
  if (chosen === undefined || chosen.provider === 'rehearsal') {
    return { why: 'No model is set up here, so none was asked.', runs: [] };
  }
  const key = readIdempotencyKey(request);
  const { workspaceId, userId } = actor;
  const runId =
    key === undefined
      ? randomUUID()
      : uuidOf(JSON.stringify(['agent-draft', workspaceId, userId, key]));
  const input = questionOf(description, tools);
  const definition = draftRun();
  const asked = { runId, definition, input, signal: request.signal };
  const answer = await answerOf(services, actor, asked);
  const runs = [runId];
  if (!answer.ok) return { why: answer.why, runs };
  const read = readDraft(answer.value, base, tools);
  if (read === undefined) return { why: 'What the model answered was no agent.', runs };
  const note = `${answer.model} drafted it. Read it before you create the agent.`;
  return {
    why: note,
    runs,
    drafted: { ...read, made: { by: 'model', model: answer.model, role: null, note, runs } },
  };
}
