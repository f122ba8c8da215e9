import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { stopSharedChat as contract } from '@/lib/chat/visitors/contract';
import type { Services } from '@/server/services';
import { openRunsOf } from '../store';
import { openVisit } from './open-visit';
import { findVisit } from './visitor-store';

const by = 'visitor';
const patienceMs = 5_000;

/** Stops the answer that is being written to a visitor. Throws as `openVisit`. */
export async function stopSharedChat(
  services: Services,
  { params }: InputOf<typeof contract>,
  request: Request,
): Promise<ResultOf<typeof contract>> {
  const visit = await openVisit(services, params.token, request);
  const thread = await findVisit(services.prisma, visit);
  if (thread === null) return { stopped: 0 };
  const open = await openRunsOf(services.prisma, visit.chat.workspaceId, thread.id);
  for (const runId of open) {
    await services.engine.dispatch(runId, { type: 'cancel', by }, patienceMs);
    await services.childRuns.cancelBelow(runId, by, patienceMs);
  }
  return { stopped: open.length };
}
