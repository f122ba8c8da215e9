import { catalogue } from '@/lib/nodes/catalogue';
import type { Actor } from '@/lib/people/schema';
import type { RunMode, RunStatus, RunTrigger } from '@/lib/runs/schema';
import { compile } from '@/lib/workflows/compile';
import type { Definition } from '@/lib/workflows/schema';
import { hashOf } from '@/server/idempotency/hash-of';
import type { Services } from '@/server/services';

export type InlineRun = {
  definition: Definition;
  input: Record<string, unknown>;
  mode: RunMode;
  /** The thread whose turn this is. */
  threadId?: string;
  trigger?: RunTrigger;
  name: string;
  /** Starting the same run again changes nothing. */
  runId?: string;
};

/** Starts a run of a definition that belongs to no workflow. */
export async function startInline(
  services: Pick<Services, 'engine'>,
  actor: Actor,
  { definition, input, mode, threadId, name, runId, trigger = 'chat' }: InlineRun,
): Promise<{ id: string; status: RunStatus; created: boolean }> {
  return services.engine.start({
    ...(runId === undefined ? {} : { id: runId }),
    workspaceId: actor.workspaceId,
    ...(threadId === undefined ? {} : { threadId }),
    ...{ name, mode, trigger },
    startedBy: actor.userId,
    plan: compile(definition, catalogue),
    definitionHash: hashOf(definition),
    input,
  });
}
