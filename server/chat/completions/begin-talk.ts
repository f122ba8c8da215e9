import type { ReadTalk } from '@/lib/chat/completions/read-messages';
import { planTurn } from '@/lib/chat/plan-turn';
import type { Actor } from '@/lib/people/schema';
import type { NamedAgent } from '@/server/agents/find-named';
import { startInline } from '@/server/runs/starting/start-inline';
import type { Services } from '@/server/services';
import { keepPictures } from './keep-pictures';

/** All of the talk is meant: what does not fit the model's window is left out where that is known. */
const budget = 1_000_000;

type Begin = {
  agent: NamedAgent;
  talk: Extract<ReadTalk, { ok: true }>;
  runId: string;
  signal: AbortSignal;
};

/** Starts a turn without a thread, for a program; under an id that is there it changes nothing. */
export async function beginTalk(
  services: Services,
  actor: Actor,
  { agent, talk: { history, text, pictures }, runId, signal }: Begin,
): Promise<void> {
  const files = await keepPictures(services, actor, { runId, signal }, pictures);
  const { definition, input } = planTurn({ agent, budget, history, text, files });
  await startInline(services, actor, {
    ...{ definition, input, runId },
    ...{ mode: 'live', trigger: 'api', name: definition.name },
  });
}
