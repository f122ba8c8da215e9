import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { listTableRows as contract } from '@/lib/data-tables/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { rowsAfter } from './store';
import { requireTable, viewRow } from './view';

/** Rows in the order in which they were added. Throws `not_found`. */
export async function listTableRows(
  services: Pick<Services, 'pool'>,
  actor: Actor,
  { params, query: { limit, cursor = '0', q } }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const table = await requireTable(services, actor, params.id);
  const found = await rowsAfter(services.pool, table, { after: cursor, limit, q });
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  return {
    items: page.map((row) => viewRow(table.columns, row)),
    ...(last === undefined ? {} : { nextCursor: last.number }),
  };
}
