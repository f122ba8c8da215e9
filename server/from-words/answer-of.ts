import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import { at, textIn } from '@/lib/values/unknown';
import type { Definition } from '@/lib/workflows/schema';
import { followRun } from '@/server/chat/completions/follow-run';
import { cancelRun } from '@/server/runs/control/cancel-run';
import { outputOf } from '@/server/runs/reading/output-of';
import { startInline } from '@/server/runs/starting/start-inline';
import type { Services } from '@/server/services';

/** How long one answer of a model is waited for. */
const maxMs = 120_000;

type Answer =
  | { ok: true; value: unknown; text: string; model: string }
  | { ok: false; why: string };

type Asked = {
  runId: string;
  definition: Definition;
  input: Record<string, string>;
  signal: AbortSignal;
};

/** The client is gone: its run goes on, and nothing is made that nobody waits for. */
export const connectionLost = () =>
  new AppError('unavailable', 'The connection was lost. Ask again under the same key to go on.');

/** What a model answers in a run of one step. Why there is no answer is a sentence for people. */
export async function answerOf(
  services: Services,
  actor: Actor,
  { runId, definition, input, signal }: Asked,
): Promise<Answer> {
  await startInline(services, actor, {
    ...{ definition, input, mode: 'live', runId, trigger: 'try', name: definition.name },
  });
  const state = await followRun(services, runId, { signal, maxMs });
  // Whoever lost the connection asks again under the same key, and follows the same run.
  if (state === undefined && signal.aborted) throw connectionLost();
  if (state === undefined) {
    // Nobody waits for it any more, so that nothing more is spent on it.
    await cancelRun(services, actor, { params: { id: runId }, query: {}, body: undefined }).catch(
      () => undefined,
    );
    return { ok: false, why: 'The model did not answer in time, or waits for its budget.' };
  }
  if (state.status !== 'succeeded') {
    return {
      ok: false,
      why:
        state.error?.code === 'output_misfit'
          ? 'The model gave no usable draft: it did not answer in the form that was asked for. Another model may.'
          : `No model gave a draft: ${state.error?.message ?? 'it was stopped.'}`,
    };
  }
  const output = await outputOf(services, runId, state.output);
  if (at(output, 'rehearsed') === true) {
    return { ok: false, why: 'No model is set up here, so none was asked.' };
  }
  return {
    ...{ ok: true, value: at(output, 'value') },
    ...{ text: textIn(at(output, 'text')) ?? '', model: textIn(at(output, 'model')) ?? 'A model' },
  };
}
