import type { PoolClient } from 'pg';
import type { ToolAnswer } from '@/lib/tools/question';
import type { CallRow } from '../store';

export type Answered = {
  state: 'approved' | 'refused' | 'done' | 'failed';
  answer: ToolAnswer;
  args: unknown;
  argsHash: string;
  askedArgs: unknown;
  result: string | null;
};

/** Takes an answer for a call that still waits, as it was when it was read. */
export async function storeAnswer(
  client: PoolClient,
  row: Pick<CallRow, 'id' | 'workspaceId' | 'state' | 'argsHash'>,
  { state, answer, args, argsHash, askedArgs, result }: Answered,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `update tool_call set state = $4, answer = $5, args = $6, args_hash = $7, asked_args = coalesce($8, asked_args),
       result = $9, finished_at = case when $4 = 'approved' then null else now() end
     where id = $1 and workspace_id = $2 and state = $3 and args_hash = $10`,
    [
      ...[row.id, row.workspaceId, row.state, state, JSON.stringify(answer), JSON.stringify(args)],
      ...[
        argsHash,
        askedArgs === undefined ? null : JSON.stringify(askedArgs),
        result,
        row.argsHash,
      ],
    ],
  );
  return rowCount === 1;
}
