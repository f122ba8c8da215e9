import type { Plan, PlanStep } from '@/lib/runs/schema';

const step = (id: string, type: string, config: PlanStep['config'], from?: string): PlanStep => ({
  id,
  nodeId: id,
  key: id,
  name: id,
  type,
  kind: 'task',
  config,
  ports: ['out'],
  retry: { attempts: 1, backoffMs: 1, maxBackoffMs: 1 },
  timeoutMs: 60_000,
  incoming: from === undefined ? [] : [{ from, port: 'out' }],
});

/** A run that waits for so many events of one name, one after the other, and gives what they brought as a list. */
export function waitingPlan(event: string, count = 1): Plan {
  const waits = Array.from({ length: count }, (_, index) =>
    step(`w${index}`, 'wait-event', { event }, index === 0 ? undefined : `w${index - 1}`),
  );
  const all = waits.map(({ id }) => `steps.${id}.output`).join(', ');
  const out = step('out', 'transform', { expression: `[${all}]` }, `w${count - 1}`);
  return { schema: 1, name: 'Waits', timeoutMs: 600_000, steps: [...waits, out], outputs: ['out'] };
}
