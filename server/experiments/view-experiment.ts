import type { Pool } from 'pg';
import type { Experiment, ExperimentSummary } from '@/lib/experiments/contract';
import { differenceOf, differenceText } from '@/lib/experiments/difference';
import { verdictOf } from '@/lib/experiments/reading/verdict';
import { type VariantId, variantIds } from '@/lib/experiments/schema';
import { usdOf } from '@/lib/spending/pico';
import { type ListedRow, requireExperiment, type TallyRow, tallyOf, variantOfRow } from './store';

/** An experiment in a list. */
export function summaryOf(row: ListedRow): ExperimentSummary {
  const { max_cost_pico: maxCost } = row;
  return {
    ...{ id: row.id, name: row.name, target: targetOf(row), goal: row.goal },
    ...{ state: row.state, endReason: row.end_reason, decided: row.decided, adopted: row.adopted },
    guardrails: {
      maxCostUsd: maxCost === null ? null : usdOf(BigInt(maxCost)),
      maxFailurePercent: row.max_failure_percent,
    },
    startedBy: row.starter ?? 'Somebody who left',
    startedAt: row.started_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    tasks: row.tasks,
  };
}

function targetOf(row: ListedRow): ExperimentSummary['target'] {
  if (row.agent_id !== null) {
    const { agent_id: agentId, agent_name: agentName, agent_handle: agentHandle } = row;
    return { type: 'agent', agentId, agentName: agentName ?? '', agentHandle: agentHandle ?? '' };
  }
  return {
    ...{ type: 'step', workflowId: row.workflow_id ?? '', workflowName: row.workflow_name ?? '' },
    ...{ stepId: row.step_id ?? '', stepName: row.step_name ?? '' },
  };
}

/** An experiment with what its variants came to. Throws `not_found`. */
export async function viewExperiment(
  pool: Pool,
  workspaceId: string,
  id: string,
): Promise<Experiment> {
  const row = await requireExperiment(pool, workspaceId, id);
  const tally = await tallyOf(pool, id);
  const { tasks: _, ...summary } = summaryOf(row);
  const { estimate, interval } = verdictOf(row.goal, tally.A, tally.B);
  return {
    ...summary,
    variants: variantIds.map((variant) => countsOf(row, variant, tally[variant])),
    difference: interval
      ? differenceOf(row.goal, estimate, interval)
      : { estimate: differenceText(row.goal, estimate) },
  };
}

function countsOf(
  row: ListedRow,
  id: VariantId,
  { n, cost, duration, ...tally }: TallyRow,
): Experiment['variants'][number] {
  const { name, change } = variantOfRow(row, id);
  return {
    ...{ id, name, change, sharePercent: id === 'B' ? row.share_b : 100 - row.share_b },
    ...{ ...tally, counted: n },
    costUsd: usdOf(cost.pico),
    meanCostUsd: usdOf(n === 0 ? 0n : cost.pico / BigInt(n)),
    meanDurationMs: Math.round(duration.mean),
  };
}
