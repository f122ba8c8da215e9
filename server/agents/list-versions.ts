import type { listAgentVersions as contract } from '@/lib/agents/contract';
import { agentVersionSchema } from '@/lib/agents/schema';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { getAgent } from './get-agent';
import { versionsOf } from './version-store';

/** The agent as it was saved, the newest first. One saved before versions were kept shows none. Throws `not_found`. */
export async function listAgentVersions(
  services: Services,
  actor: Actor,
  { params }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  await getAgent(services, actor, { params, query: {}, body: undefined });
  const rows = await versionsOf(services.pool, actor.workspaceId, params.id);
  const items = rows.flatMap(({ number, data, savedAt, userId, userName }) => {
    const savedBy = userId === null ? null : { id: userId, name: userName ?? '' };
    const parsed = agentVersionSchema.safeParse({
      ...{ number, agent: data, savedBy },
      savedAt: savedAt.toISOString(),
    });
    return parsed.success ? [parsed.data] : [];
  });
  return { items };
}
