import type { RunState } from '@/lib/runs/schema';
import type { Taint } from './policy';

const outsideTypes = new Set(['http', 'service', 'wait-event', 'read-file', 'receive-messages']);
const privateTypes = new Set([
  ...['read-file', 'find-table-rows', 'sql-query', 'recall', 'receive-messages'],
]);

/** What the steps of a run that are over have brought in, whichever of them the step reads, and files given to an agent. */
export function stepTaint(
  { plan, steps }: Pick<RunState, 'plan' | 'steps'>,
  stepId: string,
): Taint {
  const taint = { outside: false, private: false };
  for (const { id, type, config } of plan.steps) {
    const own = id === stepId;
    if (!own && steps[id]?.output === undefined) continue;
    if (type === 'agent' && typeof config.files === 'string' && config.files !== '') {
      taint.outside = true;
      taint.private = true;
    }
    if (own) continue;
    if (outsideTypes.has(type)) taint.outside = true;
    if (privateTypes.has(type) || typeof config.connection === 'string') taint.private = true;
  }
  return taint;
}
