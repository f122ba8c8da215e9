import type { Pool } from 'pg';
import type { AgentStatus, State } from '@/lib/agents/status/machine';

export type AgentRow = {
  id: string;
  handle: string;
  maintenance: string | null;
  capacity: number | null;
  state: State | undefined;
};

type StateRow = {
  number: number;
  status: AgentStatus;
  cause: string;
  since: string;
  fullSince: string | null;
  calmSince: string | null;
  startingSince: string | null;
};

/** Agents of a workspace with the state in which they were last seen. */
export async function agentsWithState(pool: Pool, workspaceId: string): Promise<AgentRow[]> {
  const { rows } = await pool.query<Omit<AgentRow, 'state'> & { state: StateRow | null }>(
    `select a.id, a.handle, a.maintenance, (a.limits ->> 'maxAtOnce')::int as capacity,
       case when s.agent_id is not null then json_build_object('number', s.number, 'status', s.status,
         'cause', s.cause, 'since', s.since, 'fullSince', s.full_since, 'calmSince', s.calm_since,
         'startingSince', s.starting_since) end as state
     from agent a left join agent_state s on s.agent_id = a.id
     where a.workspace_id = $1 order by a.name, a.id limit 1000`,
    [workspaceId],
  );
  return rows.map(({ state, ...row }) => ({
    ...row,
    state: state === null ? undefined : read(state),
  }));
}

function read({ since, fullSince, calmSince, startingSince, ...row }: StateRow): State {
  const time = (text: string | null) => (text === null ? undefined : Date.parse(text));
  return {
    ...row,
    since: Date.parse(since),
    ...{ fullSince: time(fullSince), calmSince: time(calmSince) },
    startingSince: time(startingSince),
  };
}

export type Noticed = { agentId: string; before: State | undefined; state: State };

/**
 * Keeps what was noticed of agents, and a row for each change of status, in one statement: only where nobody has noticed a
 * change since the state before was read. An agent that is being deleted is left out, and rows are held in one order. Answers whose status changed by it.
 */
export async function noteStates(
  pool: Pool,
  workspaceId: string,
  noticed: readonly Noticed[],
): Promise<string[]> {
  const given = noticed.map(({ agentId, before, state }) => ({
    ...{ agent: agentId, expected: before?.number ?? 0, was: before?.status ?? null },
    ...{ number: state.number, status: state.status, cause: state.cause.slice(0, 500) },
    since: state.since / 1_000,
    full: secondsOf(state.fullSince),
    calm: secondsOf(state.calmSince),
    starting: secondsOf(state.startingSince),
  }));
  const { rows } = await pool.query<{ id: string }>(
    `with given as (
       select g.*, to_timestamp(g.since) as at from json_to_recordset($2::json) as g(agent uuid, expected int, was text,
         number int, status text, cause text, since float8, "full" float8, calm float8, starting float8)
       join agent a on a.id = g.agent and a.workspace_id = $1 for key share of a
     ), held as (
       select s.agent_id from agent_state s join given g on g.agent = s.agent_id order by s.agent_id for update of s
     ), first as (
       insert into agent_state (agent_id, workspace_id, number, status, cause, since, full_since, calm_since, starting_since)
       select agent, $1, number, status, cause, at, to_timestamp("full"), to_timestamp(calm), to_timestamp(starting)
       from given where expected = 0 order by agent on conflict (agent_id) do nothing returning agent_id
     ), later as (
       update agent_state s set number = g.number, status = g.status, cause = g.cause, since = g.at,
         full_since = to_timestamp(g."full"), calm_since = to_timestamp(g.calm),
         starting_since = to_timestamp(g.starting)
       from given g join held h on h.agent_id = g.agent
       where g.expected > 0 and s.agent_id = g.agent and s.number = g.expected returning s.agent_id
     ), changed as (
       insert into agent_status (agent_id, number, was, status, cause, at)
       select g.agent, g.number, g.was, g.status, g.cause, g.at from given g
       where g.number > g.expected and g.agent in (select agent_id from first union all select agent_id from later)
       returning agent_id
     )
     select agent_id as id from changed`,
    [workspaceId, JSON.stringify(given)],
  );
  return rows.map(({ id }) => id);
}

const secondsOf = (ms: number | undefined) => (ms === undefined ? null : ms / 1_000);

export type ChangeRow = {
  number: number;
  from: AgentStatus | null;
  status: AgentStatus;
  cause: string;
  at: Date;
};

/** Changes of an agent's status before a number, the newest first. One more than `limit`, where there are more. */
export async function changesOf(
  pool: Pool,
  workspaceId: string,
  { agentId, before, limit }: { agentId: string; before: number | undefined; limit: number },
): Promise<ChangeRow[]> {
  const { rows } = await pool.query<ChangeRow>(
    `select c.number, c.was as "from", c.status, c.cause, c.at from agent_status c join agent a on a.id = c.agent_id
     where a.workspace_id = $1 and a.id = $2 and ($3::int is null or c.number < $3)
     order by c.number desc limit $4`,
    [workspaceId, agentId, before ?? null, limit + 1],
  );
  return rows;
}

/** Workspaces with an agent that was never looked at, or that is not idle. */
export async function unsettledWorkspaces(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `select workspace_id as id from agent_state where status <> 'idle'
     union
     select a.workspace_id from agent a where not exists (select from agent_state s where s.agent_id = a.id)
     limit 200`,
  );
  return rows.map(({ id }) => id);
}

/** Takes an agent out of service or puts it back; whether it is there. */
export async function setMaintenance(
  pool: Pool,
  { workspaceId, userId }: { workspaceId: string; userId: string },
  id: string,
  reason: string | null,
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `with changed as (
       update agent set maintenance = $3, maintenance_by = case when $3::text is not null then $4 end,
         maintenance_at = case when $3::text is not null then now() end
       where workspace_id = $1 and id = $2 returning id, handle
     ), noted as (
       insert into audit (workspace_id, actor_id, action, subject_type, subject_id, detail)
       select $1, $4, $5, 'agent', id::text, json_build_object('handle', handle, 'reason', $3::text)
       from changed
     )
     select from changed`,
    [workspaceId, id, reason, userId, reason === null ? 'agent.resumed' : 'agent.maintenance'],
  );
  return (rowCount ?? 0) > 0;
}

export async function forgetChanges(pool: Pool, keepDays: number): Promise<void> {
  await pool.query('delete from agent_status where at < now() - make_interval(days => $1)', [
    keepDays,
  ]);
}
