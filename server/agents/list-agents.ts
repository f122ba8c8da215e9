import { z } from 'zod';
import type { listAgents as contract } from '@/lib/agents/contract';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { standingsOf } from './status/standing';
import { agentsAfter } from './store';

/** Agents of the workspace by name. The cursor is the id of the last one seen. */
export async function listAgents(
  services: Services,
  actor: Actor,
  { query }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  if (query.cursor !== undefined && !z.uuid().safeParse(query.cursor).success) {
    throw new AppError('invalid_input', 'cursor: use the nextCursor of the page before.');
  }
  const [agents, standings] = await Promise.all([
    agentsAfter(services.prisma, actor.workspaceId, query.limit, query.cursor),
    standingsOf(services, actor.workspaceId),
  ]);
  const byId = new Map(standings.map(({ id, maintenance: _, ...standing }) => [id, standing]));
  const items = agents.slice(0, query.limit).map((agent) => ({ ...agent, ...byId.get(agent.id) }));
  const last = agents.length > query.limit ? items.at(-1) : undefined;
  return { items, ...(last === undefined ? {} : { nextCursor: last.id }) };
}
