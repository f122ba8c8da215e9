import type { Pool } from 'pg';
import { priorities } from '@/lib/messages/schema';
import type { MessageStats } from '@/lib/messages/stats';

type Waits = Pick<MessageStats, 'oldestWaitingSeconds' | 'waitP50Ms' | 'waitP95Ms'>;

/** Deliveries of the last day: what has no holder was never taken, and says nothing of waiting. */
const day = `select * from delivery_end where workspace_id = $1 and at > now() - interval '24 hours'`;
const share = (part: number, of: string) =>
  `percentile_disc(${part}) within group (order by ${of}.waited_ms) filter (where ${of}.attempts > 0)::int`;

export async function waitsOf(pool: Pool, workspaceId: string): Promise<Waits> {
  const { rows } = await pool.query<Waits>(
    `select (select extract(epoch from now() - min(greatest(due_at, created_at)))::int from delivery
         where workspace_id = $1 and state = 'waiting' and due_at <= now()) as "oldestWaitingSeconds",
       ${share(0.5, 'e')} as "waitP50Ms", ${share(0.95, 'e')} as "waitP95Ms" from (${day}) e`,
    [workspaceId],
  );
  return rows[0] ?? { oldestWaitingSeconds: null, waitP50Ms: null, waitP95Ms: null };
}

export async function hoursOf(pool: Pool, workspaceId: string): Promise<MessageStats['hours']> {
  const { rows } = await pool.query<{ at: Date; done: number; failed: number }>(
    `select h.at, count(e.mail_id) filter (where e."end" = 'done')::int as done,
       count(e.mail_id) filter (where e."end" in ('dead', 'expired'))::int as failed
     from generate_series(date_trunc('hour', now()) - interval '23 hours', date_trunc('hour', now()), '1 hour') as h(at)
     left join delivery_end e on e.workspace_id = $1 and e.at >= h.at and e.at < h.at + interval '1 hour'
     group by h.at order by h.at`,
    [workspaceId],
  );
  return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }));
}

type FlowRow = Omit<MessageStats['flows'][number], 'priority'> & { rank: number };

export async function flowsOf(
  pool: Pool,
  workspaceId: string,
  personId: string,
): Promise<MessageStats['flows']> {
  const { rows } = await pool.query<FlowRow>(
    `select b.id as mailbox, b.kind, coalesce(a.name, u.name, b.name) as title, m.type, m.priority as rank,
       count(*) filter (where e."end" = 'done')::int as done,
       count(*) filter (where e."end" in ('dead', 'expired'))::int as failed,
       count(*) filter (where e."end" = 'cancelled')::int as cancelled,
       ${share(0.5, 'e')} as "waitP50Ms", ${share(0.95, 'e')} as "waitP95Ms",
       (sum(e.worked_ms) / 86400000.0)::float8 as utilisation
     from (${day}) e join mail m on m.id = e.mail_id
     join mailbox b on b.id = e.mailbox_id and (b.kind <> 'person' or b.name = $2)
     left join agent a on b.kind = 'agent' and a.workspace_id = b.workspace_id and a.handle = b.name
     left join "user" u on b.kind = 'person' and u.id = b.name
     group by b.id, a.name, u.name, m.type, m.priority order by count(*) desc, b.id, m.type, m.priority limit 100`,
    [workspaceId, personId],
  );
  return rows.map(({ rank, ...row }) => ({ ...row, priority: priorities[rank] ?? 'normal' }));
}

type Sample = { state: string; priority: number; count: number };

/** Deliveries of all workspaces together: those that are open, and those that ended within a day. */
export async function samplesOf(pool: Pool): Promise<Sample[]> {
  const { rows } = await pool.query<Sample>(
    `select state, priority, count(*)::int as count from delivery group by 1, 2
     union all
     select "end", priority, count(*)::int from delivery_end where at > now() - interval '24 hours' group by 1, 2
     order by 1, 2`,
  );
  return rows;
}
