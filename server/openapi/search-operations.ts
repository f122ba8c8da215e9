import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import { wantedOf } from '@/lib/search/words';
import type {
  listServiceOperations as listContract,
  searchOperations as searchContract,
} from '@/lib/services/contract';
import type { Services } from '@/server/services';
import { findReady, readyNamed } from './ready';
import { findLines, findService } from './store';
import { noService, requireService } from './view';

const maxShown = 100;

const wordsOf = (q: string) =>
  q
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');

/** Operations of one service that fit some words. Throws `not_found`. */
export async function listServiceOperations(
  services: Pick<Services, 'pool'>,
  actor: Actor,
  { params: { id }, query: { q = '' } }: InputOf<typeof listContract>,
): Promise<ResultOf<typeof listContract>> {
  const ready = readyNamed(id);
  if (ready !== undefined) {
    const found = findReady(wordsOf(q), [ready]);
    return cut(found.map(({ service: _, serviceName: __, ...line }) => line));
  }
  if (id.startsWith('ready:')) throw noService();
  await requireService(services, actor, id);
  const { patterns } = wantedOf(q);
  const lines = await findLines(services.pool, actor.workspaceId, {
    id,
    patterns,
    limit: maxShown,
  });
  return cut(lines.map(({ service: _, ...line }) => line));
}

/** Operations of all services that fit some words, or of the one that a step names so. */
export async function searchOperations(
  { pool }: Pick<Services, 'pool'>,
  { workspaceId }: Actor,
  { query: { q = '', service } }: InputOf<typeof searchContract>,
): Promise<ResultOf<typeof searchContract>> {
  const ready = service === undefined ? undefined : readyNamed(service);
  if (ready !== undefined) return cut(findReady(wordsOf(q), [ready]));
  const row =
    service === undefined ? null : await findService(pool, workspaceId, { name: service });
  if (row === undefined) return { items: [], more: false };
  const asked = { id: row?.id ?? null, patterns: wantedOf(q).patterns, limit: maxShown };
  const own = await findLines(pool, workspaceId, asked);
  const found = own.map((line) => ({ ...line, serviceName: line.service }));
  return cut(row === null ? [...found, ...findReady(wordsOf(q))] : found);
}

const cut = <T>(items: T[]) => ({ items: items.slice(0, maxShown), more: items.length > maxShown });
