import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { AppError } from '@/lib/api/errors';
import type { AuthoredUpdate } from '@/lib/workflows/changes/authored-update';
import { sqlState } from '@/server/db/transaction';

export type NewUpdate = Omit<AuthoredUpdate, 'at'> & {
  workflowId: string;
  /** Asked just before writing; an update that is not wanted any more is refused with `unavailable`. */
  wanted?: () => boolean;
  /** How long after the last statement began it may wait for others to share the next one. Absent: not at all. */
  patienceMs?: number;
};
type Waiting = NewUpdate & { resolve(seq: number): void; reject(error: unknown): void };

/** Rows and bytes of one statement. */
const maxRows = 500;
const maxBytes = 8_388_608;

/**
 * Appends updates to drafts. What arrives while a statement runs goes into the next one, whatever its draft; a lone
 * update waits for nothing, and where all are patient, statements follow each other no faster than that. Numbers are taken under the draft's row lock in
 * the same statement: they are committed in their order, also by several processes.
 */
export function createDraftAppender(pool: Pool): (update: NewUpdate) => Promise<number> {
  let waiting: Waiting[] = [];
  let running = false;
  let began = 0;
  const flush = async () => {
    running = true;
    while (waiting.length > 0) {
      const patience = Math.min(...waiting.map(({ patienceMs }) => patienceMs ?? 0));
      const pause = Math.round(began + patience - performance.now());
      if (pause > 0) await sleep(pause);
      began = performance.now();
      const group = takeGroup(waiting);
      waiting = waiting.slice(group.length);
      await write(pool, group);
    }
    running = false;
  };
  return (update) =>
    new Promise((resolve, reject) => {
      waiting.push({ ...update, resolve, reject });
      if (!running) void flush();
    });
}

/**
 * Appends one update only where `after` is the number of the draft's last one, so that what was decided on that state
 * is still right. Gives its number; undefined when others have written since. Throws `not_found`.
 */
export function createConditionalAppender(
  pool: Pool,
): (update: NewUpdate, after: number) => Promise<number | undefined> {
  return async ({ workflowId, data, userId, source }, after) => {
    const found = await pool.query<{ seq: string | null }>({
      name: 'draft-append-at',
      text: `with taken as (
          update draft set seq = seq + 1 where workflow_id = $1 and seq = $5
          returning workflow_id, seq
        ), added as (
          insert into draft_update (workflow_id, seq, data, user_id, origin)
          select workflow_id, seq, $2, $3, $4 from taken returning seq
        )
        select (select seq from added) as seq from draft where workflow_id = $1`,
      values: [workflowId, data, userId, source, after],
    });
    const [row] = found.rows;
    if (!row) throw new AppError('not_found', 'This workflow does not exist.');
    return row.seq === null ? undefined : Number(row.seq);
  };
}

function takeGroup(waiting: readonly Waiting[]): Waiting[] {
  let bytes = 0;
  const end = waiting.findIndex((update, i) => {
    bytes += update.data.byteLength;
    return i === maxRows || (i > 0 && bytes > maxBytes);
  });
  return waiting.slice(0, end === -1 ? waiting.length : end);
}

async function write(pool: Pool, taken: Waiting[]): Promise<void> {
  const group = taken.filter((update) => {
    const wanted = update.wanted?.() ?? true;
    if (!wanted) update.reject(new AppError('unavailable', 'An earlier edit was not saved.'));
    return wanted;
  });
  if (group.length === 0) return;
  try {
    const numbers = await insert(pool, group);
    for (const update of group) {
      const seq = numbers.get(update.workflowId)?.shift();
      if (seq !== undefined) update.resolve(seq);
      else update.reject(new AppError('not_found', 'This workflow does not exist.'));
    }
  } catch (error) {
    for (const update of group) update.reject(error);
  }
}

/** Numbers of the inserted rows by draft, in the order of the group. */
async function insert(pool: Pool, group: readonly Waiting[]): Promise<Map<string, number[]>> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const [only] = group;
      const found = await pool.query<{ workflow_id: string; seq: string }>(
        group.length === 1 && only ? insertOne(only) : insertMany(group),
      );
      const numbers = new Map<string, number[]>();
      for (const row of found.rows) {
        const list = numbers.get(row.workflow_id);
        if (list) list.push(Number(row.seq));
        else numbers.set(row.workflow_id, [Number(row.seq)]);
      }
      for (const list of numbers.values()) list.sort((a, b) => a - b);
      return numbers;
    } catch (error) {
      // A deadlock undid the statement as a whole.
      if (sqlState(error) !== '40P01' || attempt === 5) throw error;
    }
  }
}

const insertOne = (update: NewUpdate) => ({
  name: 'draft-append-one',
  text: `with taken as (
      update draft set seq = seq + 1 where workflow_id = $1 returning workflow_id, seq
    )
    insert into draft_update (workflow_id, seq, data, user_id, origin)
    select workflow_id, seq, $2, $3, $4 from taken returning workflow_id, seq`,
  values: [update.workflowId, update.data, update.userId, update.source],
});

const insertMany = (group: readonly NewUpdate[]) => ({
  name: 'draft-append-many',
  text: `with given as (
      select * from unnest($1::uuid[], $2::bytea[], $3::text[], $4::text[])
        with ordinality as g (workflow_id, data, user_id, origin, place)
    ), counted as (
      select workflow_id, count(*) as n from given group by workflow_id
    ), locked as (
      select d.workflow_id from draft d join counted using (workflow_id)
        order by d.workflow_id for update of d
    ), taken as (
      update draft d set seq = d.seq + c.n from counted c, locked l
        where d.workflow_id = c.workflow_id and l.workflow_id = c.workflow_id
        returning d.workflow_id, d.seq - c.n as before
    )
    insert into draft_update (workflow_id, seq, data, user_id, origin)
    select workflow_id, before + row_number() over (partition by workflow_id order by place),
      data, user_id, origin
    from given join taken using (workflow_id)
    returning workflow_id, seq`,
  values: [
    group.map((update) => update.workflowId),
    group.map((update) => Buffer.from(update.data)),
    group.map((update) => update.userId),
    group.map((update) => update.source),
  ],
});
