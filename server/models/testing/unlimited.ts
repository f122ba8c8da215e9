import { randomUUID } from 'node:crypto';
import type { Choice } from '@/lib/models/choose';
import type { ProviderId } from '@/lib/models/schema';
import type { CallEnd, CallPlace } from '@/server/spending/ledger/call';
import type { AskedCall, Ledger } from '@/server/spending/ledger/ledger';
import type { Limits } from '../limits/limits';

/** A place for calls that no run makes. */
export const nowherePlace: CallPlace = {
  runId: '00000000-0000-4000-8000-000000000001',
  stepId: 'step',
  nodeId: 'step',
  attempt: 1,
  timeoutMs: 60_000,
};

/** A choice that nobody made, of the model `m`. */
export const chosen = (provider: ProviderId, reason: string): Choice => ({
  provider,
  model: 'm',
  reason,
  decision: { policy: 'auto', reason, candidates: [{ provider, model: 'm' }] },
});

/** Limits that nobody set. */
export const noLimits: Limits = { take: async () => ({ end: async () => {} }) };

/** A ledger without budgets, and what it was asked and told. */
export function unlimitedLedger() {
  const calls: { asked: AskedCall; end?: CallEnd }[] = [];
  const ledger: Ledger = {
    async open(asked) {
      const call: (typeof calls)[number] = { asked };
      calls.push(call);
      return {
        id: randomUUID(),
        maxTokens: asked.asked ? asked.want : undefined,
        limited: false,
        async settle(end) {
          call.end = end;
        },
      };
    },
  };
  return { ledger, calls };
}
