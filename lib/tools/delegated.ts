import type { AgentProfile } from '@/lib/nodes/node-type/define-node';

/** Where an agent stands that delegates. */
export type Delegation = {
  /** Handles of the agents whose tasks led to this one, its own first. */
  chain: readonly string[];
  /** What is left of its budget, in US dollars; undefined: it has none. */
  leftUsd: number | undefined;
};

/** How deep tasks may be delegated on. */
export const maxDelegations = 3;

/**
 * Whether a task may be given on, and what it may cost: never more than is left of the budget, nor than the other agent's
 * own limit. Without a handle whoever fits gets it. The problem is a sentence for the model.
 */
export function delegated(
  { chain, leftUsd }: Delegation,
  { handle, limits }: Partial<Pick<AgentProfile, 'handle' | 'limits'>>,
  asked: number | undefined,
): { budgetUsd: number | undefined } | { problem: string } {
  if (handle !== undefined && chain[0] === handle)
    return { problem: 'You cannot delegate to yourself: do it, or say why it cannot be done.' };
  if (handle !== undefined && chain.includes(handle)) {
    const way = [...chain].reverse().map((each) => `@${each}`);
    return {
      problem: `@${handle} waits for this very task already (${way.join(' → ')}): it would go in a circle. Do it yourself, or choose another agent.`,
    };
  }
  if (chain.length > maxDelegations) {
    return {
      problem: `This task was delegated on ${chain.length - 1} times already, which is the most. Do it yourself.`,
    };
  }
  if (leftUsd !== undefined && leftUsd <= 0) {
    return { problem: 'Nothing is left of your budget, so nothing can be delegated.' };
  }
  const caps = [asked, leftUsd, limits?.budgetUsd].filter((cap) => cap !== undefined);
  return { budgetUsd: caps.length === 0 ? undefined : Math.min(...caps) };
}
