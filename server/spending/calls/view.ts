import { z } from 'zod';
import { contextFillSchema } from '@/lib/models/context/schema';
import { providerIdSchema } from '@/lib/models/schema';
import { runModes } from '@/lib/runs/schema';
import type { ModelCallFact } from '@/lib/spending/contract';
import { usdOf } from '@/lib/spending/pico';
import { answerUses, callStates, decisionSchema } from '@/lib/spending/schema';

const pico = z.string().transform((text) => usdOf(BigInt(text)));

/** A row of `model_call` as people see it. */
export const callRowSchema = z
  .object({
    id: z.string(),
    run_id: z.string(),
    root_run_id: z.string(),
    workflow_ids: z.array(z.string()),
    version_number: z.number().nullable(),
    step_id: z.string(),
    node_id: z.string(),
    attempt: z.number(),
    agent_id: z.string().nullable(),
    person_id: z.string().nullable(),
    mode: z.enum(runModes),
    provider: providerIdSchema,
    model: z.string(),
    decision: decisionSchema,
    context: contextFillSchema.nullable(),
    state: z.enum(callStates),
    held_pico: pico,
    cost_pico: pico,
    price_list: z.string().nullable(),
    input_tokens: z.number(),
    output_tokens: z.number(),
    cache_read_tokens: z.number(),
    cache_write_tokens: z.number(),
    reasoning_tokens: z.number(),
    max_tokens: z.number().nullable(),
    estimated: z.boolean(),
    finish: z.string().nullable(),
    error_code: z.string().nullable(),
    output_bytes: z.number(),
    answer_cache: z.enum(answerUses).nullable(),
    cached_from: z.string().nullable(),
    started_at: z.date(),
    first_part_ms: z.number().nullable(),
    duration_ms: z.number().nullable(),
  })
  .transform(
    (row): ModelCallFact => ({
      id: row.id,
      runId: row.run_id,
      rootRunId: row.root_run_id,
      workflowId: row.workflow_ids[0] ?? null,
      version: row.version_number,
      stepId: row.step_id,
      nodeId: row.node_id,
      attempt: row.attempt,
      agentId: row.agent_id,
      personId: row.person_id,
      mode: row.mode,
      provider: row.provider,
      model: row.model,
      decision: row.decision,
      context: row.context,
      state: row.state,
      heldUsd: row.state === 'held' ? row.held_pico : '0',
      costUsd: row.cost_pico,
      priceList: row.price_list,
      inputTokens: row.input_tokens,
      outputTokens: row.output_tokens,
      cacheReadTokens: row.cache_read_tokens,
      cacheWriteTokens: row.cache_write_tokens,
      reasoningTokens: row.reasoning_tokens,
      maxTokens: row.max_tokens,
      estimated: row.estimated,
      finish: row.finish,
      errorCode: row.error_code,
      outputBytes: row.output_bytes,
      answerCache: row.answer_cache,
      cachedFrom: row.cached_from,
      startedAt: row.started_at.toISOString(),
      firstPartMs: row.first_part_ms,
      durationMs: row.duration_ms,
    }),
  );
