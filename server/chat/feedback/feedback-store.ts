import type { Pool } from 'pg';
import type { AnswerFeedback, Verdict } from '@/lib/chat/feedback/contract';

/** What was said of answers, by their ids; of an answer that nobody spoke of there is nothing. */
export async function feedbackOf(
  pool: Pick<Pool, 'query'>,
  workspaceId: string,
  userId: string,
  messageIds: readonly string[],
): Promise<Map<string, AnswerFeedback>> {
  if (messageIds.length === 0) return new Map();
  const { rows } = await pool.query<AnswerFeedback & { id: string }>(
    `select message_id as id, count(*) filter (where verdict = 'up')::int as up,
       count(*) filter (where verdict = 'down')::int as down,
       max(verdict) filter (where user_id = $2) as mine
     from answer_feedback where workspace_id = $1 and message_id = any($3::uuid[]) group by message_id`,
    [workspaceId, userId, messageIds],
  );
  return new Map(rows.map(({ id, ...said }) => [id, said]));
}

type Given = {
  workspaceId: string;
  userId: string;
  threadId: string;
  messageId: string;
  verdict: Verdict;
  reason: string;
};

/** Keeps what somebody says of an answer, in place of what they said before; false where there is no such answer. */
export async function keepFeedback(pool: Pick<Pool, 'query'>, given: Given): Promise<boolean> {
  const { workspaceId, userId, threadId, messageId, verdict, reason } = given;
  const { rowCount } = await pool.query(
    `insert into answer_feedback (message_id, user_id, workspace_id, agent_id, agent_version, verdict, reason)
     select m.id, $3, t.workspace_id, m.agent_id, coalesce(m.agent_version, 1), $5, $6
     from message m join thread t on t.id = m.thread_id
     where m.id = $1 and t.id = $2 and t.workspace_id = $4 and m.role = 'assistant' and m.agent_id is not null
     on conflict (message_id, user_id) do update set verdict = $5, reason = $6, created_at = now()`,
    [messageId, threadId, userId, workspaceId, verdict, reason],
  );
  return rowCount === 1;
}

export async function dropFeedback(
  pool: Pick<Pool, 'query'>,
  { workspaceId, userId, messageId }: Pick<Given, 'workspaceId' | 'userId' | 'messageId'>,
): Promise<void> {
  await pool.query(
    'delete from answer_feedback where message_id = $1 and user_id = $2 and workspace_id = $3',
    [messageId, userId, workspaceId],
  );
}

export type VersionCount = { version: number; up: number; down: number };
export type Reason = {
  messageId: string;
  threadId: string;
  version: number;
  verdict: Verdict;
  reason: string;
  userId: string;
  at: Date;
};

/** Counts of an agent by its versions, and the newest reasons. */
export async function feedbackOfAgent(
  pool: Pick<Pool, 'query'>,
  workspaceId: string,
  agentId: string,
): Promise<{ versions: VersionCount[]; reasons: Reason[] }> {
  const { rows: versions } = await pool.query<VersionCount>(
    `select agent_version as version, count(*) filter (where verdict = 'up')::int as up,
       count(*) filter (where verdict = 'down')::int as down
     from answer_feedback where workspace_id = $1 and agent_id = $2 group by agent_version order by agent_version desc`,
    [workspaceId, agentId],
  );
  const { rows: reasons } = await pool.query<Reason>(
    `select f.message_id as "messageId", m.thread_id as "threadId", f.agent_version as version, f.verdict, f.reason,
       f.user_id as "userId", f.created_at as at
     from answer_feedback f join message m on m.id = f.message_id
     where f.workspace_id = $1 and f.agent_id = $2 and f.reason <> '' order by f.created_at desc, f.message_id limit 20`,
    [workspaceId, agentId],
  );
  return { versions, reasons };
}
