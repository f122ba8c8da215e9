import type { listStatusChanges as contract } from '@/lib/agents/contract';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { getAgent } from '../get-agent';
import { changesOf } from './state-store';

/** How an agent's status changed, the newest first. The cursor is the number of the last one seen. Throws `not_found`. */
export async function listStatusChanges(
  services: Services,
  actor: Actor,
  { params, query: { cursor, limit } }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  await getAgent(services, actor, { params, query: {}, body: undefined });
  const before = cursor === undefined ? undefined : Number(cursor);
  if (before !== undefined && !(Number.isSafeInteger(before) && before > 0 && before < 2 ** 31)) {
    throw new AppError('invalid_input', 'cursor: use the nextCursor of the page before.');
  }
  const asked = { agentId: params.id, before, limit };
  const rows = await changesOf(services.pool, actor.workspaceId, asked);
  const items = rows.slice(0, limit).map(({ at, ...row }) => ({ ...row, at: at.toISOString() }));
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, ...(last === undefined ? {} : { nextCursor: String(last.number) }) };
}
