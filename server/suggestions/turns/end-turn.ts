import * as Y from 'yjs';
import { catalogue } from '@/lib/nodes/catalogue';
import { isEnded } from '@/lib/runs/engine/readiness';
import { suggestionLimits } from '@/lib/suggestions/schema';
import { readDraft } from '@/lib/workflows/draft/draft';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import { readSummaries } from '@/server/runs/reading/summaries';
import type { Services } from '@/server/services';
import { newProblems, type OfTurn } from './change-in-turn';
import { endMaking, runsMaking, suggestionOfRun } from './turn-store';

type Needs = Pick<Services, 'pool' | 'bus' | 'drafts' | 'computation'>;

/**
 * Ends an agent's turn: what it made is one suggestion to decide on from now on; a turn that changed nothing leaves none.
 * Once, however often it is called. Gives the number of changes.
 */
export async function finishTurn(
  services: Needs,
  of: Omit<OfTurn, 'title'>,
  text: string,
): Promise<number> {
  const row = await suggestionOfRun(services.pool, of);
  if (row?.status !== 'making') return row?.changes.length ?? 0;
  const { workspaceId, workflowId, userId } = of;
  const doc = await services.drafts.copy(workflowId);
  const before = readDraft(doc, catalogue);
  Y.applyUpdate(doc, row.update);
  const problems = await newProblems(services, of, before, readDraft(doc, catalogue));
  const left =
    problems.length === 0
      ? ''
      : `\n\nStill to be mended:\n${problems.map((line) => `- ${line}`).join('\n')}`;
  const status = row.changes.length > 0 ? ('open' as const) : ('withdrawn' as const);
  const note = `${text}${left}`.slice(0, suggestionLimits.note);
  await transaction(services.pool, async (client) => {
    if (!(await endMaking(client, row.id, { status, note }))) return;
    const detail = {
      suggestionId: row.id,
      status,
      changes: row.changes.length,
      agent: of.agent.handle,
    };
    await insertAudit(
      client,
      { workspaceId, userId },
      'workflow.suggested',
      { type: 'workflow', id: workflowId },
      detail,
    );
  });
  services.bus.publish(`workspace:${workspaceId}`, { kind: 'suggestion', id: workflowId });
  return row.changes.length;
}

/** Withdraws what the turn of a run made: half a change is offered to nobody. */
export async function dropTurn(
  services: Pick<Services, 'pool' | 'bus'>,
  of: Pick<OfTurn, 'workspaceId' | 'workflowId' | 'runId'>,
  note: string,
): Promise<void> {
  const row = await suggestionOfRun(services.pool, of);
  if (!row || !(await endMaking(services.pool, row.id, { status: 'withdrawn', note }))) return;
  services.bus.publish(`workspace:${of.workspaceId}`, { kind: 'suggestion', id: of.workflowId });
}

/** Withdraws what turns were making whose run is over: it was stopped, or failed, and nobody could say so. */
export async function dropOverTurns(
  services: Pick<Services, 'pool' | 'bus'>,
  workflowId: string,
): Promise<void> {
  for (const { workspaceId, runId } of await runsMaking(services.pool, workflowId)) {
    const [run] = await readSummaries(services.pool, { workspaceId, ids: [runId], limit: 1 });
    if (run && !isEnded(run.status)) continue;
    const why = run?.status === 'cancelled' ? 'It was stopped.' : 'The turn of the agent failed.';
    await dropTurn(services, { workspaceId, workflowId, runId }, why);
  }
}
