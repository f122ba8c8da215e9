import type { Pool, PoolClient } from 'pg';
import type { Counts, MailboxKind } from '@/lib/messages/schema';

type Db = Pool | PoolClient;

export type MailboxRecord = {
  id: string;
  kind: MailboxKind;
  name: string;
  title: string;
  paused: boolean;
  startsTasks: boolean;
};
export type CountedMailbox = MailboxRecord & { counts: Counts };

const columns = `b.id, b.kind, b.name, coalesce(a.name, u.name, b.name) as title, b.paused,
  b.starts_tasks as "startsTasks"`;
const joined = `mailbox b
  left join agent a on b.kind = 'agent' and a.workspace_id = b.workspace_id and a.handle = b.name
  left join "user" u on b.kind = 'person' and u.id = b.name`;
const states = ['waiting', 'behind', 'held'];
const ends = ['done', 'dead', 'expired', 'cancelled'];
const counted = `json_build_object(${[
  ...states.map((one) => `'${one}', count(*) filter (where d.state = '${one}')`),
  ...ends.map((one) => `'${one}', count(*) filter (where d.state = '${one}')`),
].join(', ')})`;
const all = `(select mailbox_id, workspace_id, state from delivery union all
  select mailbox_id, workspace_id, "end" from delivery_end)`;

/** People see mailboxes of agents and pools, and their own. */
const visible = (person: string) => `(b.kind <> 'person' or b.name = ${person})`;

export async function mailboxesOf(
  db: Db,
  workspaceId: string,
  personId: string,
): Promise<CountedMailbox[]> {
  const { rows } = await db.query<CountedMailbox>(
    `select ${columns}, (select ${counted} from ${all} d where d.workspace_id = $1 and d.mailbox_id = b.id) as counts
     from ${joined} where b.workspace_id = $1 and b.deleted_at is null and ${visible('$2')}
     order by array_position(array['person','agent','pool'], b.kind), lower(coalesce(a.name, u.name, b.name)), b.id`,
    [workspaceId, personId],
  );
  return rows;
}

/** Deliveries of a workspace by state, over all mailboxes. */
export async function countsOf(db: Db, workspaceId: string): Promise<Counts> {
  const { rows } = await db.query<{ counts: Counts }>(
    `select ${counted} as counts from ${all} d where d.workspace_id = $1`,
    [workspaceId],
  );
  const counts = rows[0]?.counts;
  if (counts === undefined) throw new Error('an aggregate gave no row');
  return counts;
}

export async function findMailbox(
  db: Db,
  workspaceId: string,
  by: { id: string; personId: string } | { kind: MailboxKind; name: string },
): Promise<MailboxRecord | undefined> {
  const [where, values] =
    'id' in by
      ? [`b.id = $2 and ${visible('$3')}`, [by.id, by.personId]]
      : ['b.kind = $2 and b.name = $3', [by.kind, by.name]];
  const { rows } = await db.query<MailboxRecord>(
    `select ${columns} from ${joined} where b.workspace_id = $1 and b.deleted_at is null and ${where}`,
    [workspaceId, ...values],
  );
  return rows[0];
}

const subjects = {
  agent: 'select 1 from agent where workspace_id = $1 and handle = $2',
  person: 'select 1 from member where "organizationId" = $1 and "userId" = $2',
};

/** Whether an agent or a person is there to have a mailbox. */
export async function hasOwner(
  db: Db,
  workspaceId: string,
  kind: 'agent' | 'person',
  name: string,
): Promise<boolean> {
  const { rows } = await db.query(subjects[kind], [workspaceId, name]);
  return rows.length > 0;
}

/** Members that a text may mean, by id, email address or name; those whom it fits best first. */
export async function findPeople(
  db: Db,
  workspaceId: string,
  called: string,
): Promise<{ id: string; rank: number }[]> {
  const { rows } = await db.query<{ id: string; rank: number }>(
    `select u.id, case when u.id = $2 then 0 when lower(u.email) = lower($2) then 1 else 2 end as rank
     from member m join "user" u on u.id = m."userId"
     where m."organizationId" = $1 and (u.id = $2 or lower(u.email) = lower($2) or lower(u.name) = lower($2))
     order by rank, u.id limit 2`,
    [workspaceId, called],
  );
  return rows;
}

export async function insertMailbox(
  db: Db,
  workspaceId: string,
  kind: MailboxKind,
  name: string,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `with made as (
       insert into mailbox (id, workspace_id, kind, name) values (gen_random_uuid(), $1, $2, $3)
       on conflict (workspace_id, kind, name) do nothing returning id, kind
     ), pooled as (
       insert into pool (mailbox_id, workspace_id, strategy) select id, $1, 'least-busy' from made where kind = 'pool'
     )
     select from made`,
    [workspaceId, kind, name],
  );
  return (rowCount ?? 0) > 0;
}

export async function changeMailbox(
  db: Db,
  workspaceId: string,
  id: string,
  { paused, startsTasks }: { paused?: boolean | undefined; startsTasks?: boolean | undefined },
): Promise<void> {
  await db.query(
    `update mailbox set paused = coalesce($3, paused), starts_tasks = coalesce($4, starts_tasks)
     where workspace_id = $1 and id = $2`,
    [workspaceId, id, paused ?? null, startsTasks ?? null],
  );
}

/** How many messages wait for each agent of a workspace, by its handle; one for whom none waits is left out. */
export async function queuesOfAgents(db: Db, workspaceId: string): Promise<Map<string, number>> {
  const { rows } = await db.query<{ handle: string; count: number }>(
    `select b.name as handle, count(*)::int as count from delivery d join mailbox b on b.id = d.mailbox_id
     where d.workspace_id = $1 and b.kind = 'agent' and b.starts_tasks and d.state = 'waiting' and d.due_at <= now()
     group by b.name`,
    [workspaceId],
  );
  return new Map(rows.map(({ handle, count }) => [handle, count]));
}

/** New messages are counted up to this. */
const maxCounted = 100;

/** What waits in the mailbox of a person, and is due. */
export async function waitingForPerson(
  db: Db,
  workspaceId: string,
  personId: string,
): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `select count(*)::int as count from (
       select from delivery d join mailbox b on b.id = d.mailbox_id
       where b.workspace_id = $1 and b.kind = 'person' and b.name = $2 and d.state in ('waiting', 'behind')
         and d.due_at <= now() and (d.expires_at is null or d.expires_at > now()) limit ${maxCounted}) new`,
    [workspaceId, personId],
  );
  return rows[0]?.count ?? 0;
}
