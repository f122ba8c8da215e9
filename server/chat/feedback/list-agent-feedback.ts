import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { listAgentFeedback as contract } from '@/lib/chat/feedback/contract';
import type { Actor } from '@/lib/people/schema';
import { getAgent } from '@/server/agents/get-agent';
import type { Services } from '@/server/services';
import { namesOf } from '../store';
import { feedbackOfAgent } from './feedback-store';

/** What people said of an agent's answers. Throws `not_found`. */
export async function listAgentFeedback(
  services: Services,
  actor: Actor,
  { params }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  await getAgent(services, actor, { params, query: {}, body: undefined });
  const { versions, reasons } = await feedbackOfAgent(services.pool, actor.workspaceId, params.id);
  const people = reasons.map(({ userId }) => userId);
  const names = await namesOf(services.prisma, people);
  return {
    versions,
    reasons: reasons.map(({ userId, at, ...said }) => ({
      ...said,
      personName: names.get(userId) ?? 'Former member',
      at: at.toISOString(),
    })),
  };
}
