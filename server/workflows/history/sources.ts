import type { ChangesEntry } from '@/lib/history/contract';
import { partsOfOrigin } from '@/lib/workflows/changes/source';
import type { Services } from '@/server/services';
import { peopleOf } from './people';

type Source = ChangesEntry['from'];

/** Finds what accepted and restored edits came from, for the origins of one workflow's changes. */
export async function sourcesOf(
  services: Pick<Services, 'pool'>,
  workflowId: string,
  origins: Iterable<string>,
): Promise<(origin: string) => Source> {
  const known = new Map<string, Source>();
  const suggestions: string[] = [];
  const revisions: string[] = [];
  for (const origin of new Set(origins)) {
    const { door, from } = partsOfOrigin(origin);
    if (from === undefined) continue;
    if (door === 'suggestion') suggestions.push(from);
    else if (door === 'restore' && from.startsWith('v')) {
      known.set(origin, { kind: 'version', number: Number(from.slice(1)) });
    } else if (door === 'restore') revisions.push(from);
  }
  const rows = await suggested(services, workflowId, suggestions);
  const person = await peopleOf(
    services,
    rows.map((row) => row.authorId),
  );
  for (const { id, title, authorId } of rows) {
    const author = person(authorId);
    known.set(`suggestion:${id}`, { kind: 'suggestion', id, title, author });
  }
  for (const { id, name } of await kept(services, workflowId, revisions)) {
    known.set(`restore:${id}`, { kind: 'revision', id, name });
  }
  return (origin) => known.get(origin);
}

async function suggested({ pool }: Pick<Services, 'pool'>, workflowId: string, ids: string[]) {
  if (ids.length === 0) return [];
  const found = await pool.query<{ id: string; title: string; authorId: string | null }>(
    `select id, title, author_id as "authorId" from suggestion
     where workflow_id = $1 and id = any($2::uuid[])`,
    [workflowId, ids],
  );
  return found.rows;
}

async function kept({ pool }: Pick<Services, 'pool'>, workflowId: string, ids: string[]) {
  if (ids.length === 0) return [];
  const found = await pool.query<{ id: string; name: string }>(
    'select id, name from draft_revision where workflow_id = $1 and id = any($2::uuid[])',
    [workflowId, ids],
  );
  return found.rows;
}
