import type { Pool, PoolClient } from 'pg';
import * as Y from 'yjs';
import { catalogue } from '@/lib/nodes/catalogue';
import { canonicalDefinition } from '@/lib/workflows/definition/canonical';
import { readDraft } from '@/lib/workflows/draft/draft';
import type { Definition } from '@/lib/workflows/schema';
import { definitionHash } from '../definition-hash';

/** A revision by itself: after this time, and when the draft comes to rest after the shorter one. */
const everyMs = 10 * 60_000;
const restMs = 60_000;
/** Automatic revisions of one workflow; the oldest go first. Named ones stay. */
const maxAutomatic = 200;

export type NewRevision = {
  seq: number;
  kind: 'automatic' | 'named';
  name: string;
  definition: Definition;
  createdBy: string | null;
};

/**
 * Keeps the draft as a state of it stands, when that is due: the last revision is old, somebody else went on after a
 * pause, or everybody left (`atRest`).
 */
export async function keepWhenDue(
  client: PoolClient,
  workflowId: string,
  parts: { state: Uint8Array; seq: number; authors: readonly (string | null)[]; atRest: boolean },
): Promise<void> {
  const found = await client.query<{ age: string; authors: string[] }>(
    `select (extract(epoch from now() - created_at) * 1000)::bigint as age, authors
     from draft_revision where workflow_id = $1 order by created_at desc limit 1`,
    [workflowId],
  );
  const [last] = found.rows;
  const age = last ? Number(last.age) : Number.POSITIVE_INFINITY;
  const changedHands = parts.authors.some((author) => !last?.authors.includes(author ?? ''));
  if (age < (parts.atRest || changedHands ? restMs : everyMs)) return;
  const doc = new Y.Doc();
  Y.applyUpdate(doc, parts.state);
  const definition = readDraft(doc, catalogue);
  doc.destroy();
  await keepRevision(client, workflowId, {
    seq: parts.seq,
    kind: 'automatic',
    name: '',
    definition,
    createdBy: null,
  });
}

/**
 * Inserts a revision with the authors of what changed since the one before. Gives its id; an automatic one that says
 * the same as the last revision is not kept.
 */
export async function keepRevision(
  db: Pool | PoolClient,
  workflowId: string,
  { seq, kind, name, definition, createdBy }: NewRevision,
): Promise<string | undefined> {
  const hash = definitionHash(definition);
  const made = await db.query<{ id: string }>(
    `with last as (
       select seq, hash from draft_revision where workflow_id = $1 order by created_at desc limit 1
     ), authors as (
       select user_id from draft_change
         where workflow_id = $1 and to_seq > coalesce((select seq from last), -1)
       union select user_id from draft_update
         where workflow_id = $1 and seq <= $2 and not quarantined
           and seq > coalesce((select seq from last), -1)
     )
     insert into draft_revision
       (id, workflow_id, seq, kind, name, definition, hash, created_by, authors)
     select gen_random_uuid(), $1, $2, $3, $4, $5, $6, $7,
       (select coalesce(array_agg(distinct coalesce(user_id, '')), '{}') from authors)
     where $3 = 'named' or not exists (select from last where hash = $6)
     returning id`,
    [workflowId, seq, kind, name, JSON.stringify(canonicalDefinition(definition)), hash, createdBy],
  );
  if (kind === 'automatic') {
    await db.query(
      `delete from draft_revision where id in (
         select id from draft_revision where workflow_id = $1 and kind = 'automatic'
         order by created_at desc offset $2)`,
      [workflowId, maxAutomatic],
    );
  }
  return made.rows[0]?.id;
}
