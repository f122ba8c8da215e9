import { catalogue } from '@/lib/nodes/catalogue';
import startNode, { startConfig } from '@/lib/nodes/start';
import type { RunStatus } from '@/lib/runs/schema';
import { compile } from '@/lib/workflows/compile';
import { definitionSchema } from '@/lib/workflows/schema';
import type { Services } from '@/server/services';
import { readInput } from './start-run';
import { readVersion } from './version';

export type TriggeredRun = {
  workspaceId: string;
  workflowId: string;
  trigger: 'schedule' | 'webhook';
  /** Who asked for it, where somebody did. */
  startedBy?: string;
  /** The input, made for the names of the inputs that the start step declares. */
  input(names: readonly string[]): Record<string, unknown>;
  /** The same key with the same hash names the same run, whatever was published since. */
  once?: { key: string; requestHash: string };
};

/**
 * Starts a live run of a workflow's live version for something that is no person at a page. Throws as `startRun`:
 * `not_found`, `conflict` when nothing is published, `invalid_input`, `idempotency_mismatch`.
 */
export async function startTriggered(
  services: Pick<Services, 'pool' | 'engine'>,
  { workspaceId, workflowId, trigger, startedBy, input, once }: TriggeredRun,
): Promise<{ id: string; status: RunStatus; created: boolean }> {
  const version = await readVersion(services.pool, workspaceId, workflowId, undefined);
  const plan = compile(definitionSchema.parse(version.definition), catalogue);
  const start = plan.steps.find((step) => step.type === startNode.type);
  const names = start ? startConfig.parse(start.config).inputs.map((one) => one.name) : [];
  return services.engine.start({
    workspaceId,
    workflowId,
    versionNumber: version.number,
    name: version.name,
    mode: 'live',
    trigger,
    ...(startedBy === undefined ? {} : { startedBy }),
    plan,
    definitionHash: version.hash,
    input: readInput(plan, input(names)),
    ...(once === undefined ? {} : { idempotency: once }),
  });
}
