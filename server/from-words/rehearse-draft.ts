import type { ResultOf } from '@/lib/api/define-route';
import type { workflowFromDescription as contract } from '@/lib/from-words/contract';
import { rehearsable } from '@/lib/from-words/variants/rehearsable';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Actor } from '@/lib/people/schema';
import type { Definition } from '@/lib/workflows/schema';
import { followRun } from '@/server/chat/completions/follow-run';
import { cancelRun } from '@/server/runs/control/cancel-run';
import { startInline } from '@/server/runs/starting/start-inline';
import type { Services } from '@/server/services';
import { connectionLost } from './answer-of';

/** How long a rehearsal is waited for. */
const maxMs = 20_000;

type Asked = { definition: Definition; runId: string; signal: AbortSignal };
type Rehearsal = ResultOf<typeof contract>['variants'][number]['rehearsal'];

/** Rehearses a draft to its end, or for some seconds: no model is asked, and nothing is read from outside. */
export async function rehearseDraft(
  services: Services,
  actor: Actor,
  { definition, runId, signal }: Asked,
): Promise<Rehearsal> {
  const { reads, input, ...shaped } = rehearsable(definition, catalogue);
  const name = `Rehearse: ${definition.name}`.slice(0, 200);
  await startInline(services, actor, {
    ...{ definition: shaped.definition, input, mode: 'rehearsal', runId, trigger: 'try', name },
  });
  const state = await followRun(services, runId, { signal, maxMs });
  if (state === undefined && signal.aborted) throw connectionLost();
  if (state === undefined) {
    // Nobody is to answer it, and nobody waits for it any more.
    await cancelRun(services, actor, { params: { id: runId }, query: {}, body: undefined }).catch(
      () => undefined,
    );
    const says = 'Its rehearsal did not end in 20 seconds, or waits for somebody.';
    return { status: 'unfinished', runId, says };
  }
  if (state.status === 'succeeded') {
    const says =
      reads.length === 0
        ? 'Rehearsed to its end.'
        : `Rehearsed to its end; what ${reads.map((each) => `“${each}”`).join(', ')} would read was made up.`;
    return { status: 'succeeded', runId, says };
  }
  const why = state.error?.message ?? 'it was stopped.';
  const how = reads.length === 0 ? '' : ' with made-up data';
  return { status: 'failed', runId, says: `Its rehearsal${how} failed: ${why}` };
}
