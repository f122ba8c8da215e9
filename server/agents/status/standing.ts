import type { Pool } from 'pg';
import { type Facts, judge, next } from '@/lib/agents/status/machine';
import type { AgentStanding } from '@/lib/agents/status/schema';
import { usualTasksAtOnce } from '@/lib/messages/schema';
import type { Bus } from '@/server/bus/bus';
import { waitingForAgents } from '@/server/messages/queues';
import { liveWorkers } from '@/server/runs/reading/live-workers';
import { loadsOfAgents } from '@/server/tools/agent-tasks';
import { agentsWithState, type Noticed, noteStates } from './state-store';

type Needs = { pool: Pool; bus: Pick<Bus, 'publish'> };

/**
 * How each agent of a workspace stands, worked out from its tasks, its messages and the workers there are. Whoever looks
 * keeps what has changed, and tells those who watch.
 */
export async function standingsOf(
  { pool, bus }: Needs,
  workspaceId: string,
): Promise<AgentStanding[]> {
  const [agents, loads, queues, { now, ...workers }] = await Promise.all([
    agentsWithState(pool, workspaceId),
    loadsOfAgents(pool, workspaceId),
    waitingForAgents(pool, workspaceId),
    liveWorkers(pool),
  ]);
  const byId = new Map(loads.map((load) => [load.agentId, load]));
  const noticed: Noticed[] = [];
  const standings = agents.map(({ id, handle, maintenance, capacity, state: before }) => {
    const load = byId.get(id);
    const facts: Facts = {
      ...{ now, workers, maintenance: maintenance ?? undefined },
      ...{
        running: load?.running ?? 0,
        asking: load?.waiting ?? 0,
        queued: queues.get(handle) ?? 0,
      },
      ...{
        capacity: capacity ?? usualTasksAtOnce,
        failed: load?.failed ?? 0,
        over: load?.over ?? 0,
      },
    };
    const state = next(before, facts);
    if (state !== before) noticed.push({ agentId: id, before, state });
    const { running, asking, queued } = facts;
    const { cause } = judge(before, facts, state);
    return {
      ...{ id, status: state.status, cause, since: new Date(state.since).toISOString() },
      ...{ load: { running, asking, queued, capacity: facts.capacity }, maintenance },
    };
  });
  if (noticed.length > 0) {
    for (const id of await noteStates(pool, workspaceId, noticed)) {
      bus.publish(`workspace:${workspaceId}`, { kind: 'agent', id });
    }
  }
  return standings;
}
