import { call } from '@/components/data/call';
import { useChange } from '@/components/data/queries';
import { draftAgent, tryAgent } from '@/lib/agents/draft/contract';
import type { AgentInput } from '@/lib/agents/schema';

type Asked = { description: string; key: string; signal: AbortSignal };

/** Drafts an agent out of a sentence; the same key goes on with the same request. */
export function useDraftAgent() {
  return useChange(({ description, key, signal }: Asked) =>
    call(draftAgent, { body: { description } }, { idempotencyKey: key, signal }),
  );
}

/** Tries an agent that is not stored yet. */
export function useTryAgent() {
  return useChange(({ agent, input }: { agent: AgentInput; input: string }) => {
    const { name, instructions, model, tools, limits } = agent;
    const { budgetUsd } = limits;
    const limit = budgetUsd === undefined ? {} : { budgetUsd };
    return call(tryAgent, {
      body: { agent: { name, instructions, model, tools }, input, ...limit },
    });
  });
}
