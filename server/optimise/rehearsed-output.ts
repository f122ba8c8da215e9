import { randomUUID } from 'node:crypto';
import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import type { Definition } from '@/lib/workflows/schema';
import { followRun } from '@/server/chat/completions/follow-run';
import { cancelRun } from '@/server/runs/control/cancel-run';
import { outputOf } from '@/server/runs/reading/output-of';
import { startInline } from '@/server/runs/starting/start-inline';
import type { Services } from '@/server/services';

/** How long a rehearsal is waited for. */
const maxMs = 30_000;

type Asked = { definition: Definition; input: Record<string, unknown>; signal: AbortSignal };

/** What a workflow gives in a rehearsal. Throws `conflict` where it does not succeed in time. */
export async function rehearsedOutput(
  services: Services,
  actor: Actor,
  { definition, input, signal }: Asked,
): Promise<unknown> {
  const runId = randomUUID();
  const name = `Compare: ${definition.name}`.slice(0, 200);
  await startInline(services, actor, {
    ...{ definition, input, mode: 'rehearsal', runId, trigger: 'api', name },
  });
  const state = await followRun(services, runId, { signal, maxMs });
  if (state === undefined) {
    await cancelRun(services, actor, { params: { id: runId }, query: {}, body: undefined }).catch(
      () => undefined,
    );
    throw new AppError(
      'conflict',
      'The rehearsal did not end in time, or waits for a person: the two could not be compared.',
    );
  }
  if (state.status !== 'succeeded') {
    const why = state.error?.message ?? 'it was stopped.';
    throw new AppError(
      'conflict',
      `The rehearsal failed, so the two could not be compared: ${why}`,
    );
  }
  return outputOf(services, runId, state.output);
}
