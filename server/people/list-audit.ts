import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { listAudit as contract } from '@/lib/people/contract';
import type { Actor } from '@/lib/people/schema';
import { objectIn } from '@/lib/values/unknown';
import type { Services } from '@/server/services';
import { auditOf } from './store';

/** The audit trail of the workspace, newest first. The cursor is the id of the last row seen. */
export async function listAudit(
  services: Services,
  actor: Actor,
  { query }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  if (query.cursor !== undefined && !/^\d{1,18}$/.test(query.cursor)) {
    throw new AppError('invalid_input', 'cursor: use the nextCursor of the page before.');
  }
  const before = query.cursor === undefined ? undefined : BigInt(query.cursor);
  const rows = await auditOf(services.prisma, actor.workspaceId, query.limit + 1, before);
  const page = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? page.at(-1) : undefined;
  return {
    items: page.map((row) => ({
      id: String(row.id),
      at: row.at.toISOString(),
      actorId: row.actorId,
      action: row.action,
      subjectType: row.subjectType,
      subjectId: row.subjectId,
      detail: { ...objectIn(row.detail) },
    })),
    ...(last ? { nextCursor: String(last.id) } : {}),
  };
}
