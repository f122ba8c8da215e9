import type { ChangesEntry } from '@/lib/history/contract';
import { partsOfSource } from '@/lib/workflows/changes/source';
import type { Services } from '@/server/services';
import { peopleOf } from './people';

type Source = ChangesEntry['from'];

/** Finds what accepted and restored edits came from, for the sources of one workflow's changes. */
export async function sourcesOf(
  services: Pick<Services, 'pool'>,
  workflowId: string,
  sources: Iterable<string>,
): Promise<(source: string) => Source> {
  const known = new Map<string, Source>();
  const suggestions: string[] = [];
  const revisions: string[] = [];
  for (const source of new Set(sources)) {
    const { kind, from } = partsOfSource(source);
    if (from === undefined) continue;
    if (kind === 'suggestion') suggestions.push(from);
    else if (kind === 'restore' && from.startsWith('v')) {
      known.set(source, { kind: 'version', number: Number(from.slice(1)) });
    } else if (kind === 'restore') revisions.push(from);
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
  return (source) => known.get(source);
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
