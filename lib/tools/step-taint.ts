import type { RunState } from '@/lib/runs/schema';
import { at, listIn } from '@/lib/values/unknown';
import type { Taint } from './policy';

const outsideTypes = new Set<unknown>([
  'http',
  'rss',
  'service',
  'wait-event',
  'read-file',
  'read-mailbox',
  'receive-messages',
  'ask-message',
]);
const privateTypes = new Set<unknown>([
  ...['read-file', 'find-table-rows', 'sql-query', 'recall', 'receive-messages'],
]);

/** What the steps of a run that are over have brought in, whichever of them the step reads, and files given to an agent. */
export function stepTaint(
  { plan, steps }: Pick<RunState, 'plan' | 'steps'>,
  stepId: string,
): Taint {
  const over = plan.steps.filter(({ id }) => id === stepId || steps[id]?.output !== undefined);
  return together(over.map((step) => taintOfStep(step, step.id === stepId)));
}

/** The same for a run whose steps may all have been done, by its plan alone. */
export function planTaint(plan: unknown, stepId: string): Taint {
  const steps = listIn(at(plan, 'steps'));
  return together(
    steps.map((step) =>
      taintOfStep(
        { type: at(step, 'type'), config: at(step, 'config') },
        at(step, 'id') === stepId,
      ),
    ),
  );
}

/** What a step brings in; of its own accord only the files that an agent was given. */
function taintOfStep({ type, config }: { type: unknown; config: unknown }, own: boolean): Taint {
  const files = at(config, 'files');
  const given = type === 'agent' && typeof files === 'string' && files !== '';
  const connected = typeof at(config, 'connection') === 'string';
  return {
    outside: given || (!own && outsideTypes.has(type)),
    private: given || (!own && (privateTypes.has(type) || connected)),
  };
}

const together = (seen: readonly Taint[]): Taint => ({
  outside: seen.some(({ outside }) => outside),
  private: seen.some((one) => one.private),
});
