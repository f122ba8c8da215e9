import { StepError } from '@/lib/nodes/node-type/define-node';
import type { RunStatus } from '@/lib/runs/schema';
import { respondJson } from '@/server/http/respond';
import type { Services } from '@/server/services';
import { awaitResult } from './await-result';
import { hookResponse } from './hook-response';
import type { Hook } from './hook-store';

/** Characters of large values that one answer carries. */
const maxAnswered = 4_000_000;

/** What a webhook's sender is answered: at once which run began, what came of it, or the run's output itself. */
export async function answerHook(
  services: Services,
  { config }: Pick<Hook, 'config'>,
  run: { id: string; status: RunStatus },
  signal: AbortSignal,
): Promise<Response> {
  const result = config.answer === 'now' ? undefined : await awaitResult(services, run.id, signal);
  if (!result?.ended)
    return respondJson({ run: run.id, status: result?.status ?? run.status }, 202);
  const { status, output, error } = result;
  if (config.answer === 'output') {
    if (status === 'succeeded') return hookResponse(await hydratedOutput(services, run.id, output));
    return respondJson({ error: { code: 'run_failed', message: 'The run did not succeed.' } }, 500);
  }
  return respondJson(
    {
      run: run.id,
      status,
      ...(status === 'succeeded' ? { output: await hydratedOutput(services, run.id, output) } : {}),
      ...(error === null ? {} : { error: { code: error.code, message: error.message } }),
    },
    200,
  );
}

/** The output whole, where it is not too large to be sent: else with references, which can be read one by one. */
function hydratedOutput({ engine }: Services, runId: string, output: unknown): Promise<unknown> {
  return engine.blobs
    .reader(
      runId,
      maxAnswered,
    )(output)
    .catch((error: unknown) => {
      if (StepError.isInstance(error)) return output;
      throw error;
    });
}
