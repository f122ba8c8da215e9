import type { RunState } from '@/lib/runs/schema';
import type { Taint } from './policy';

const outsideTypes = new Set(['http', 'service', 'wait-event', 'read-file']);
const privateTypes = new Set(['read-file', 'find-table-rows', 'sql-query']);

/** What the steps of a run that are over have brought in, whichever of them the step reads. */
export function stepTaint(
  { plan, steps }: Pick<RunState, 'plan' | 'steps'>,
  stepId: string,
): Taint {
  const taint = { outside: false, private: false };
  for (const { id, type, config } of plan.steps) {
    if (id === stepId || steps[id]?.output === undefined) continue;
    if (outsideTypes.has(type)) taint.outside = true;
    if (privateTypes.has(type) || typeof config.connection === 'string') taint.private = true;
  }
  return taint;
}
