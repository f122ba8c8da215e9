import { z } from 'zod';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import type { listVersions as contract } from '@/lib/workflows/contract';
import type { Services } from '@/server/services';
import { requireWorkflow } from './require-workflow';
import { versionsBefore } from './store';

/** Published versions, newest first. Throws `not_found`. */
export async function listVersions(
  services: Services,
  actor: Actor,
  { params, query }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { id } = await requireWorkflow(services, actor, params.id);
  const rows = await versionsBefore(services.pool, id, query.limit, readNumber(query.cursor));
  const items = rows
    .slice(0, query.limit)
    .map((row) => ({ ...row, publishedAt: row.publishedAt.toISOString() }));
  const last = rows.length > query.limit ? items.at(-1) : undefined;
  return { items, ...(last ? { nextCursor: String(last.number) } : {}) };
}

function readNumber(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined;
  const number = z.coerce.number().int().min(1).max(2_147_483_647).safeParse(cursor);
  if (number.success) return number.data;
  throw new AppError('invalid_input', 'cursor: use the nextCursor of the page before.');
}
