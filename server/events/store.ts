import type { Pool, PoolClient } from 'pg';
import { AppError } from '@/lib/api/errors';
import { transaction } from '@/server/db/transaction';
import { clockSlackMs, keptEvents } from './limits';

/** A wait, by the attempt of the step that waits, and the event that it was given. */
export type Claim = { eventId: string; runId: string; stepId: string; attempt: number };

export type NewEvent = {
  id: string;
  workspaceId: string;
  channel: string;
  payload: unknown;
  sentBy: string;
  /** The sender's name, for people. */
  sender: string;
  /** The same key with the same hash is the same event. */
  once?: { key: string; requestHash: string };
};

export type Placed =
  /** Given to these waits, or kept where there are none; `earlier`: events kept before, which had to go first. */
  | { new: true; claims: Claim[]; earlier: Claim[] }
  /** It was sent before, under the same key. */
  | { new: false; delivered: number; kept: boolean };

/** Who decides about events of one channel does so alone: nobody begins to look for events while one is being placed. */
const lockSql = `select set_config('lock_timeout', '5s', true),
  pg_advisory_xact_lock(hashtextextended(json_build_array('event', $1::text, $2::text)::text, 0))`;

/** Waits that nobody has ended yet, and that no event was given to. The journal says so in the commit that begins them. */
const waitsSql = `
  from run_event e join run r on r.id = e.run_id and r.finished_at is null
  where e.type = 'StepWaiting' and not exists (
    select 1 from run_event later
    where later.run_id = e.run_id and later.seq > e.seq and later.data ->> 'stepId' = e.data ->> 'stepId'
      and later.type in ('StepSucceeded', 'StepFailed', 'StepCancelled', 'StepResumed'))
  and not exists (
    select 1 from event_claim c
    where c.run_id = e.run_id and c.step_id = e.data ->> 'stepId' and c.attempt = (e.data ->> 'attempt')::int)`;

const keptSql = `not s.taken and s.sent_at > clock_timestamp() - interval '${keptEvents.hours} hours'`;
/**
 * An event that is kept for a wait: its run had begun when the event was sent. What counts is the beginning of the run
 * above all, and of the run that was tried again.
 */
const keptForSql = `${keptSql} and s.sent_at >= (
    with recursive line as (
      select o.id, o.forked_from, o.created_at from run o where o.id = coalesce(r.root_run_id, r.id)
      union select o.id, o.forked_from, o.created_at from line join run o on o.id = line.forked_from
    ) select min(line.created_at) from line) - interval '${clockSlackMs} milliseconds'`;
/** Waits that a kept event `s` is for. */
const pairsSql = `${waitsSql} and r.workspace_id = s.workspace_id and e.data #>> '{wait,channel}' = s.channel
  and ${keptForSql}`;

const claimed = `event_id as "eventId", run_id as "runId", step_id as "stepId", attempt`;

/**
 * Stores an event and gives it to every step that waits for it now; where none does, the next one may have it. One
 * commit. Throws `too_many_requests` when nobody waits and the workspace has no room left for what is kept.
 */
export async function placeEvent(pool: Pool, event: NewEvent): Promise<Placed> {
  return transaction(pool, async (client) => {
    await client.query(lockSql, [event.workspaceId, event.channel]);
    const { rowCount, json } = await insertEvent(client, event);
    if (rowCount === 0) return readSent(client, event);
    const earlier = await claimEach(client, event.workspaceId, event.channel, event.id);
    const { rows } = await client.query<Claim>(
      `insert into event_claim (event_id, run_id, step_id, attempt)
       select $1, e.run_id, e.data ->> 'stepId', (e.data ->> 'attempt')::int ${waitsSql}
         and r.workspace_id = $2 and e.data #>> '{wait,channel}' = $3
         -- One that began to wait just now looks for those kept before by itself.
         and not exists (select 1 from sent_event s
           where s.workspace_id = $2 and s.channel = $3 and s.id <> $1 and ${keptForSql})
       on conflict do nothing returning ${claimed}`,
      [event.id, event.workspaceId, event.channel],
    );
    if (rows.length === 0) await requireRoom(client, event.workspaceId, json.length);
    else await client.query('update sent_event set taken = true where id = $1', [event.id]);
    return { new: true, claims: rows, earlier };
  });
}

async function insertEvent(client: PoolClient, event: NewEvent) {
  const { id, workspaceId, channel, payload, sentBy, sender, once } = event;
  const json = JSON.stringify(payload);
  const { rowCount } = await client.query(
    `insert into sent_event (id, workspace_id, channel, payload, characters, sent_by, sender, key, request_hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (workspace_id, key) do nothing`,
    [id, workspaceId, channel, json, json.length, sentBy, sender, once?.key, once?.requestHash],
  );
  return { rowCount, json };
}

async function readSent(client: PoolClient, { workspaceId, once }: NewEvent): Promise<Placed> {
  const { rows } = await client.query<{
    requestHash: string;
    delivered: number;
    taken: boolean;
    open: number;
  }>(
    `select request_hash as "requestHash", delivered, taken,
       (select count(*)::int from event_claim c where c.event_id = s.id) as open
     from sent_event s where workspace_id = $1 and key = $2`,
    [workspaceId, once?.key],
  );
  const sent = rows[0];
  if (sent?.requestHash !== once?.requestHash) {
    const message = 'This Idempotency-Key was used for another event.';
    throw new AppError('idempotency_mismatch', message);
  }
  const { delivered = 0, open = 0, taken = false } = sent ?? {};
  return { new: false, delivered: delivered + open, kept: !taken };
}

/** Counted by one sender of the workspace at a time. The event itself is counted, too. */
async function requireRoom(client: PoolClient, workspaceId: string, more: number): Promise<void> {
  await client.query(lockSql, [workspaceId, '']);
  const { rows } = await client.query<{ count: number; characters: number }>(
    `select count(*)::int as count, coalesce(sum(s.characters), 0)::float8 as characters
     from sent_event s where s.workspace_id = $1 and ${keptSql}`,
    [workspaceId],
  );
  const { count = 0, characters = 0 } = rows[0] ?? {};
  if (count <= keptEvents.count && characters <= keptEvents.characters) return;
  throw new AppError(
    'too_many_requests',
    `No step waits for this event, and it was not kept: ${count - 1} events with ${characters - more} characters are already stored, of at most ${keptEvents.count} and ${keptEvents.characters}.`,
  );
}

/** Gives kept events of a channel to the waits that may have them, the oldest first, each to one. One commit. */
export async function claimKept(
  pool: Pool,
  workspaceId: string,
  channel: string,
): Promise<Claim[]> {
  return transaction(pool, async (client) => {
    await client.query(lockSql, [workspaceId, channel]);
    return claimEach(client, workspaceId, channel);
  });
}

async function claimEach(
  client: PoolClient,
  workspaceId: string,
  channel: string,
  except?: string,
): Promise<Claim[]> {
  const claims: Claim[] = [];
  for (;;) {
    const { rows } = await client.query<Claim>(
      `with pair as (
         select s.id, w.* from sent_event s, lateral (
           select e.run_id, e.data ->> 'stepId' as step_id, (e.data ->> 'attempt')::int as attempt
           ${pairsSql} order by e.at, e.run_id limit 1) w
         where s.workspace_id = $1 and s.channel = $2 and s.id is distinct from $3 and ${keptSql}
         order by s.sent_at, s.id limit 1
       ), taken as (update sent_event s set taken = true from pair where s.id = pair.id)
       insert into event_claim (event_id, run_id, step_id, attempt)
       select id, run_id, step_id, attempt from pair returning ${claimed}`,
      [workspaceId, channel, except],
    );
    if (rows[0] === undefined) return claims;
    claims.push(rows[0]);
  }
}

/** Channels with a kept event that a step waits for all the same: whoever was to give it died before. */
export async function missedChannels(pool: Pool) {
  const { rows } = await pool.query<{ workspaceId: string; channel: string }>(
    `select distinct s.workspace_id as "workspaceId", s.channel from sent_event s
     where ${keptSql} and exists (select 1 ${pairsSql}) limit 100`,
  );
  return rows;
}

/** Claims whose wait should have heard long ago. */
export async function staleClaims(pool: Pool): Promise<Claim[]> {
  const { rows } = await pool.query<Claim>(
    `select ${claimed} from event_claim where claimed_at < clock_timestamp() - interval '5 seconds'
     order by claimed_at limit 100`,
  );
  return rows;
}

export type SentEvent = Pick<NewEvent, 'workspaceId' | 'channel' | 'payload' | 'sentBy' | 'sender'>;

export async function readEvent(pool: Pool, id: string): Promise<SentEvent | undefined> {
  const { rows } = await pool.query<SentEvent>(
    `select workspace_id as "workspaceId", channel, payload, sent_by as "sentBy", sender
     from sent_event where id = $1`,
    [id],
  );
  return rows[0];
}

/** Whether the next wait may still have an event. */
export async function isKept(pool: Pool, id: string): Promise<boolean> {
  const { rows } = await pool.query('select 1 from sent_event where id = $1 and not taken', [id]);
  return rows.length > 0;
}

/**
 * Notes what became of a claim. An event that reached somebody is done with once no claim is open; one that reached
 * nobody is kept again, and `reopened` says that its channel must be looked at once more.
 */
export async function closeClaim(
  pool: Pool,
  claim: Claim,
  reached: boolean,
): Promise<{ first: boolean; reopened: boolean }> {
  return transaction(pool, async (client) => {
    // Two that close claims of one event do so one after the other.
    await client.query('select 1 from sent_event where id = $1 for update', [claim.eventId]);
    const { rowCount } = await client.query(
      `delete from event_claim where run_id = $1 and step_id = $2 and attempt = $3 and event_id = $4`,
      [claim.runId, claim.stepId, claim.attempt, claim.eventId],
    );
    if (rowCount === 0) return { first: false, reopened: false };
    const { rows } = await client.query<{ delivered: number; key: string | null; open: boolean }>(
      `update sent_event s set delivered = delivered + $2 where id = $1
       returning delivered, key, exists (select 1 from event_claim c where c.event_id = s.id) as open`,
      [claim.eventId, reached ? 1 : 0],
    );
    const event = rows[0];
    if (event === undefined || event.open) return { first: true, reopened: false };
    const end =
      event.delivered === 0
        ? 'update sent_event set taken = false where id = $1'
        : event.key === null
          ? 'delete from sent_event where id = $1'
          : 'update sent_event set payload = null, characters = 0 where id = $1';
    await client.query(end, [claim.eventId]);
    return { first: true, reopened: event.delivered === 0 };
  });
}

/** Steps that wait for a channel now, those that began first before the others. */
export async function stepsWaitingFor(
  pool: Pool,
  { workspaceId, channel, limit }: { workspaceId: string; channel: string; limit: number },
): Promise<Omit<Claim, 'eventId'>[]> {
  const { rows } = await pool.query<Omit<Claim, 'eventId'>>(
    `select e.run_id as "runId", e.data ->> 'stepId' as "stepId", (e.data ->> 'attempt')::int as attempt ${waitsSql}
       and r.workspace_id = $1 and e.data #>> '{wait,channel}' = $2
     order by e.at limit $3`,
    [workspaceId, channel, limit],
  );
  return rows;
}
