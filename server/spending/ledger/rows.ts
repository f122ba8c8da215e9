import type { Pool, PoolClient } from 'pg';
import type { Pico } from '@/lib/spending/pico';
import type { CallEnd, NewCall } from './call';

type Db = Pool | PoolClient;

/** How long a hold stays beyond the end of its attempt, in milliseconds. */
const graceMs = 5 * 60_000;

/** Writes a call before it is made. */
export async function insertHeld(db: Db, call: NewCall, hold: Pico, maxTokens: number | undefined) {
  await db.query(
    `insert into model_call (id, workspace_id, run_id, root_run_id, workflow_ids, version_number, step_id, node_id,
       attempt, agent_id, person_id, mode, provider, model, decision, answer_cache, cached_from, context, state, held_pico, price_list,
       max_tokens, hold_until)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, 'held', $19, $20, $21,
       now() + $22 * interval '1 millisecond')`,
    [...columns(call), hold, call.price?.list ?? null, maxTokens ?? null, call.timeoutMs + graceMs],
  );
}

/** Writes a call that could cost nothing, once it has ended. */
export async function insertEnded(db: Db, call: NewCall, end: CallEnd) {
  await db.query(
    `insert into model_call (id, workspace_id, run_id, root_run_id, workflow_ids, version_number, step_id, node_id,
       attempt, agent_id, person_id, mode, provider, model, decision, answer_cache, cached_from, context, held_pico, price_list,
       state, cost_pico, input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, reasoning_tokens, estimated, finish,
       error_code, output_bytes, first_part_ms, duration_ms, started_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, 0, $19, $20, $21, $22,
       $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, now() - $32::int * interval '1 millisecond')`,
    [...columns(call), call.price?.list ?? null, ...endColumns(end)],
  );
}

const columns = (call: NewCall) => [
  call.id,
  call.workspaceId,
  call.runId,
  call.rootRunId,
  call.workflowIds,
  call.versionNumber,
  call.stepId,
  call.nodeId,
  call.attempt,
  call.agentId ?? null,
  call.personId,
  call.mode,
  call.provider,
  call.model,
  JSON.stringify(call.decision),
  call.decision.cache?.use ?? null,
  call.decision.cache?.callId ?? null,
  call.context === undefined ? null : JSON.stringify(call.context),
];

/** The values of an end in the order of the columns from `state` to `duration_ms`. */
export const endColumns = (end: CallEnd) => [
  end.state,
  end.cost,
  end.inputTokens,
  end.outputTokens,
  end.cacheRead ?? 0,
  end.cacheWrite ?? 0,
  end.reasoning ?? 0,
  end.estimated,
  end.finish,
  end.errorCode,
  end.outputBytes,
  end.firstPartMs,
  Math.round(end.durationMs),
];
