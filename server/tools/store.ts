import type { Pool } from 'pg';
import type { ToolCallState, ToolEffect } from '@/lib/tools/call';
import type { ToolAnswer, ToolQuestion } from '@/lib/tools/question';

/** Where a call stands: its step, and its place there. */
export type CallPlace = { runId: string; stepId: string; turn: number; position: number };

export type CallRow = CallPlace & {
  id: string;
  workspaceId: string;
  callId: string;
  tool: string;
  title: string;
  print: string;
  effect: ToolEffect;
  args: unknown;
  argsHash: string;
  askedArgs: unknown;
  state: ToolCallState;
  ask: ToolQuestion | null;
  answer: ToolAnswer | null;
  attempt: number;
  round: number | null;
  key: string;
  result: string | null;
  error: string | null;
  outside: boolean;
  private: boolean;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
};

export const callColumns = `c.id, c.workspace_id as "workspaceId", c.run_id as "runId", c.step_id as "stepId", c.turn, c.position,
  c.call_id as "callId", c.tool, c.title, c.print, c.effect, c.args, c.args_hash as "argsHash", c.asked_args as "askedArgs",
  c.state, c.ask, c.answer, c.attempt, c.round, c.key, c.result, c.error, c.outside, c.private,
  c.created_at as "createdAt", c.started_at as "startedAt", c.finished_at as "finishedAt"`;

export async function findCall(pool: Pool, place: CallPlace): Promise<CallRow | undefined> {
  const { rows } = await pool.query<CallRow>(
    `select ${callColumns} from tool_call c where run_id = $1 and step_id = $2 and turn = $3 and position = $4`,
    [place.runId, place.stepId, place.turn, place.position],
  );
  return rows[0];
}

export type NewCall = Omit<
  CallRow,
  | 'id'
  | 'key'
  | 'attempt'
  | 'round'
  | 'startedAt'
  | 'finishedAt'
  | 'createdAt'
  | 'askedArgs'
  | 'outside'
  | 'private'
> & { effectKey: string };

/**
 * Writes a call before anything is done, and gives the one that stands there: another attempt may have been first. The
 * same call made again in one step has a key of its own, which is the same in every attempt.
 */
export async function insertCall(pool: Pool, call: NewCall): Promise<CallRow> {
  const { rows } = await pool.query<CallRow>(
    `with made as (
       insert into tool_call (id, workspace_id, run_id, step_id, turn, position, call_id, tool, title, print, effect,
         args, args_hash, state, ask, answer, result, error, key, finished_at)
       select gen_random_uuid(), $1, $2::uuid, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
         concat_ws('/', $18::text, $7::text, left($12, 16), (select count(*) from tool_call o
           where o.run_id = $2::uuid and o.step_id = $3 and o.tool = $7 and o.args_hash = $12
             and (o.turn, o.position) < ($4::int, $5::int))),
         case when $13 in ('failed', 'done', 'refused') then now() end
       on conflict (run_id, step_id, turn, position) do nothing returning *)
     select ${callColumns} from made c
     union all select ${callColumns} from tool_call c
       where run_id = $2 and step_id = $3 and turn = $4 and position = $5 limit 1`,
    [
      ...[call.workspaceId, call.runId, call.stepId, call.turn, call.position, call.callId],
      ...[call.tool, call.title, call.print, call.effect, JSON.stringify(call.args), call.argsHash],
      ...[call.state, json(call.ask), json(call.answer), call.result, call.error, call.effectKey],
    ],
  );
  // None: another attempt was first, at this very moment.
  const row = rows[0] ?? (await findCall(pool, call));
  if (row === undefined) throw new Error('a call that is neither new nor there');
  return row;
}

const json = (value: unknown) => (value === null ? null : JSON.stringify(value));

/**
 * Takes a call for this attempt: committed before anything is done. False when another attempt has it, or it is over.
 * What acts once only is taken once.
 */
export async function beginCall(
  pool: Pool,
  { id, attempt, round }: { id: string; attempt: number; round?: number },
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update tool_call set state = 'running', attempt = $2, round = coalesce($3, round), started_at = coalesce(started_at, now())
     where id = $1 and (state in ('planned', 'approved')
       or state = 'running' and attempt < $2 and (effect <> 'once' or round is not null))`,
    [id, attempt, round ?? null],
  );
  return rowCount === 1;
}

export type CallEnd = {
  state: 'done' | 'failed' | 'refused';
  result: string;
  /** All of it, where the result is a part. */
  whole?: string;
  error?: string;
  outside?: boolean;
  private?: boolean;
};

/** The end of a call, by the attempt that has it; a late one still counts while nobody has said what came of it. */
export async function finishCall(
  pool: Pool,
  { id, attempt }: { id: string; attempt: number },
  { state, result, whole, error, outside = false, private: hidden = false }: CallEnd,
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update tool_call set state = $3, result = $4, error = $5, outside = $6, private = $7, whole = $8, finished_at = now()
     where id = $1 and (attempt = $2 and state in ('running', 'unknown') or state in ('planned', 'asked', 'approved') and $3 <> 'done')`,
    [id, attempt, state, result, error ?? null, outside, hidden, whole ?? null],
  );
  return rowCount === 1;
}

/**
 * The whole of a result of a step that was cut, and whether it came from outside: that of the call itself, or of the one
 * under its key in the run from which the step was taken up again.
 */
export async function findWhole(
  pool: Pool,
  place: CallPlace,
): Promise<{ whole: string; outside: boolean } | undefined> {
  const { rows } = await pool.query<{ whole: string | null; outside: boolean }>(
    `select coalesce(c.whole, (select o.whole from tool_call o
       where o.workspace_id = c.workspace_id and o.key = c.key and o.whole is not null limit 1), c.result) as whole, c.outside
     from tool_call c where c.run_id = $1 and c.step_id = $2 and c.turn = $3 and c.position = $4`,
    [place.runId, place.stepId, place.turn, place.position],
  );
  const [found] = rows;
  return found && found.whole !== null ? { ...found, whole: found.whole } : undefined;
}

/** A person has to say something first. */
export async function askAbout(
  pool: Pool,
  id: string,
  state: 'asked' | 'unknown',
  ask: ToolQuestion,
): Promise<void> {
  await pool.query(
    `update tool_call set state = $2, ask = $3
     where id = $1 and state in ('planned', 'running', 'approved')`,
    [id, state, JSON.stringify(ask)],
  );
}

/** A call under the same key in another run: the step was taken up again from there. */
export async function sameKeyElsewhere(
  pool: Pool,
  { workspaceId, key, id, argsHash }: Pick<CallRow, 'workspaceId' | 'key' | 'id' | 'argsHash'>,
): Promise<CallRow | undefined> {
  const { rows } = await pool.query<CallRow>(
    `select ${callColumns} from tool_call c where workspace_id = $1 and key = $2 and id <> $3 and args_hash = $4
       and state in ('running', 'done', 'unknown') order by created_at desc limit 1`,
    [workspaceId, key, id, argsHash],
  );
  return rows[0];
}

/** Calls of the same tool in this run that somebody approved for more than once. */
export async function standingApprovals(
  pool: Pool,
  runId: string,
  tool: string,
): Promise<CallRow[]> {
  const { rows } = await pool.query<CallRow>(
    `select ${callColumns} from tool_call c where run_id = $1 and tool = $2
       and answer ->> 'do' = 'approve' and answer ->> 'scope' in ('run', 'exact') order by created_at`,
    [runId, tool],
  );
  return rows;
}
