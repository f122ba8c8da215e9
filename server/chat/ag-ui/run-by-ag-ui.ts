import type { AgUiInput, runByAgUi as contract } from '@/lib/ag-ui/contract';
import { askedMessages } from '@/lib/ag-ui/read-input';
import type { InputOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import { readTalk } from '@/lib/chat/completions/read-messages';
import type { Actor } from '@/lib/people/schema';
import { findNamed, type NamedAgent } from '@/server/agents/find-named';
import { uuidOf } from '@/server/db/uuid-of';
import type { Services } from '@/server/services';
import { beginTalk } from '../completions/begin-talk';
import { requirePlace } from '../completions/event-stream';
import { holdRate } from '../hold-rate';
import { streamRun } from './stream-run';

/**
 * Asks an agent by AG-UI. A thread and a run of the client are one run here, which goes on when the client goes away; the same
 * two again follow it from its beginning. Throws `invalid_input`, `not_found`, `too_many_requests`, `unavailable`.
 */
export async function runByAgUi(
  services: Services,
  actor: Actor,
  { params, body }: InputOf<typeof contract>,
  request: Request,
): Promise<Response> {
  refuseUnknown(body);
  const agent = await findNamed(services.pool, actor.workspaceId, params.id);
  if (agent === undefined) {
    const message = `There is no agent “${params.id}” in this workspace. Name one by its handle, name or id.`;
    throw new AppError('not_found', message);
  }
  const runId = runIdOf(actor, agent, body);
  const again = (await services.engine.load(runId)) !== undefined;
  if (!again) {
    const talk = readTalk(askedMessages(body));
    if (!talk.ok) throw new AppError('invalid_input', talk.problem, { param: talk.param });
    requirePlace(actor.userId);
    await holdRate(services, actor);
    await beginTalk(services, actor, { agent, talk, runId, signal: request.signal });
  }
  return streamRun(services, actor, { body, runId, again, signal: request.signal });
}

function refuseUnknown({ tools, resume }: AgUiInput): void {
  if ((tools ?? []).length > 0) {
    const message = 'An agent uses its own tools, and takes none from a request.';
    throw new AppError('invalid_input', message, { param: 'tools' });
  }
  if ((resume ?? []).length > 0) {
    const message =
      'A run that asks people waits by itself: answer under /approvals, and follow it.';
    throw new AppError('invalid_input', message, { param: 'resume' });
  }
}

const runIdOf = (
  { workspaceId, userId }: Actor,
  agent: NamedAgent,
  { threadId, runId }: AgUiInput,
): string => uuidOf(JSON.stringify(['ag-ui', workspaceId, userId, agent.id, threadId, runId]));
