import { catalogue } from '@/lib/nodes/catalogue';
import type { InputField } from '@/lib/nodes/forms/run-input';
import type { RunInput } from '@/lib/nodes/forms/run-inputs';
import startNode, { startConfig } from '@/lib/nodes/forms/start';
import type { RunStatus } from '@/lib/runs/schema';
import { compile } from '@/lib/workflows/compile';
import { definitionSchema } from '@/lib/workflows/schema';
import type { Services } from '@/server/services';
import { readVersion } from './read-version';
import { readInput } from './start-run';

type Started = { id: string; status: RunStatus; created: boolean };

export type TriggeredRun = {
  workspaceId: string;
  workflowId: string;
  trigger: 'schedule' | 'webhook' | 'chat' | 'form' | 'mail';
  /** Who asked for it, where somebody did. */
  startedBy?: string;
  /** The input, made for the names of the inputs that the start step declares. */
  input(names: readonly string[], fields: readonly InputField[]): Record<string, unknown>;
  /** The same key with the same hash names the same run, whatever was published since. */
  once?: { key: string; requestHash: string };
};

/** A workflow's live version, read and compiled: what is left is to start it. */
export type LiveVersion = {
  /** The inputs that its start step declares. */
  fields: readonly RunInput[];
  /** Throws `invalid_input` for what the start step does not take. */
  checked(input: Record<string, unknown>): Record<string, unknown>;
  start(
    how: Pick<TriggeredRun, 'trigger' | 'startedBy' | 'once'> & {
      input: Record<string, unknown>;
      /** Starting the same run again changes nothing. */
      runId?: string;
      /** The thread whose turn it is. */
      threadId?: string;
    },
  ): Promise<Started>;
};

/** Reads the version that triggers start. Throws `not_found`, `conflict` when nothing is published. */
export async function readLive(
  { pool, engine }: Pick<Services, 'pool' | 'engine'>,
  { workspaceId, workflowId }: Pick<TriggeredRun, 'workspaceId' | 'workflowId'>,
): Promise<LiveVersion> {
  const version = await readVersion(pool, workspaceId, workflowId, undefined);
  const plan = compile(definitionSchema.parse(version.definition), catalogue);
  const start = plan.steps.find((step) => step.type === startNode.type);
  return {
    fields: start ? startConfig.parse(start.config).inputs : [],
    checked: (input) => readInput(plan, input),
    start: ({ trigger, startedBy, once, input, runId, threadId }) =>
      engine.start({
        ...(runId === undefined ? {} : { id: runId }),
        ...(threadId === undefined ? {} : { threadId }),
        workspaceId,
        workflowId,
        versionNumber: version.number,
        name: version.name,
        mode: 'live',
        trigger,
        ...(startedBy === undefined ? {} : { startedBy }),
        plan,
        definitionHash: version.hash,
        input: readInput(plan, input),
        ...(once === undefined ? {} : { idempotency: once }),
      }),
  };
}

/**
 * Starts a live run of a workflow's live version for something that is no person at a page. Throws as `startRun`:
 * `not_found`, `conflict` when nothing is published, `invalid_input`, `idempotency_mismatch`.
 */
export async function startTriggered(
  services: Pick<Services, 'pool' | 'engine'>,
  { input, ...given }: TriggeredRun,
): Promise<Started> {
  const live = await readLive(services, given);
  const names = live.fields.map(({ name }) => name);
  return live.start({ ...given, input: input(names, live.fields) });
}
