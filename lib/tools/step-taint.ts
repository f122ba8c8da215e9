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
  // Rows of a database may be what strangers wrote into it.
  'sql-query',
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
export const planTaint = (plan: unknown): Taint =>
  together(stepsOf(plan).map((step) => taintOfStep(step, false)));

/** Whether steps of plans read what a workspace keeps, which other runs may have written. */
export const readsStores = (plans: readonly unknown[]): { memory: boolean; tables: boolean } => {
  const types = new Set(plans.flatMap((plan) => stepsOf(plan).map(({ type }) => type)));
  return { memory: types.has('recall'), tables: types.has('find-table-rows') };
};

const stepsOf = (plan: unknown) =>
  listIn(at(plan, 'steps')).map((step) => ({ type: at(step, 'type'), config: at(step, 'config') }));

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
