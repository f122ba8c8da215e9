import type { Choice } from '@/lib/models/choose';
import { hashOf } from '@/server/idempotency/hash-of';
import type { ModelCall } from '../providers/model-call';

/** The form of what is hashed: another one finds none of the answers before. */
const form = 1;

/**
 * The hash of all that an answer follows from: what is sent, which model was asked for and which one was chosen, and
 * which version of which agent asks. Whose it is stands beside it, in the place where it is kept.
 */
export function answerKey(call: ModelCall, { provider, model }: Choice): string {
  const { policy, system, messages, tools, toolChoice, outputSchema, maxTokens, temperature } =
    call;
  const sent = { system, messages, tools, toolChoice, outputSchema, maxTokens, temperature };
  const agent = { id: call.place.agentId, version: call.reuse?.agentVersion };
  return hashOf({ form, provider, model, policy, agent, sent });
}
