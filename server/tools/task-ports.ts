import type { NodeContext } from '@/lib/nodes/node-type/define-node';
import { can } from '@/lib/people/can';
import { placeKey } from '@/lib/tools/task';
import type { Services } from '@/server/services';
import { grantedTools, pinnedGrants } from './find-tools';
import { spentBy } from './lineage/delegation';
import { offered } from './print';
import { starterOf } from './rights';
import { callsOfStep, keepTurn, turnsOfStep } from './turn-store';
import { outcomeOf, waitedMs } from './view';

type StepOfRun = { workspaceId: string; runId: string; step: { id: string; timeoutMs: number } };

/** A task of an agent, kept turn by turn beside the journal: an attempt goes on where the last one stopped. */
export function taskPorts(
  { pool, bus }: Pick<Services, 'pool' | 'bus'>,
  { workspaceId, runId, step }: StepOfRun,
): Pick<NodeContext, 'openTask' | 'keepTurn' | 'spentBelow'> {
  const place = { workspaceId, runId, stepId: step.id };
  return {
    async openTask(asked) {
      const pinned = await pinnedGrants({ pool }, workspaceId, asked.grants);
      const { data: opening, at } = await keepTurn(pool, place, {
        turn: 0,
        data: { ...asked, grants: pinned },
        costUsd: 0,
      });
      const [granted, { role }, found, calls, { below: belowUsd }] = await Promise.all([
        grantedTools({ pool }, workspaceId, opening.grants),
        starterOf(pool, runId),
        turnsOfStep(pool, place),
        callsOfStep(pool, place),
        spentBy(pool, place),
      ]);
      const usable = granted.filter(
        ({ tool }) =>
          tool.unavailable === undefined && role !== undefined && can(role, tool.permission),
      );
      const over = calls.flatMap((row) => {
        const outcome = outcomeOf(row);
        return outcome === undefined ? [] : [[placeKey(row.turn, row.position), outcome] as const];
      });
      return {
        opening,
        tools: usable.map(({ tool }) => offered(tool)),
        turns: (found?.turns ?? []).map(({ data }) => data),
        settled: Object.fromEntries(over),
        belowUsd,
        startedAt: at.getTime(),
        waitedMs: calls.reduce((sum, row) => sum + waitedMs(row), 0),
        attemptMs: step.timeoutMs,
      };
    },
    spentBelow: async () => (await spentBy(pool, place)).below,
    async keepTurn(turn, data) {
      const kept = await keepTurn(pool, place, { turn, data, costUsd: data.usage.costUsd });
      bus.publish(`workspace:${workspaceId}`, { kind: 'tool-call', id: runId });
      return kept.data;
    },
  };
}
