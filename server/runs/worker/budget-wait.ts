import type { Wait } from '@/lib/runs/schema';
import { type BudgetAsk, type BudgetPause, cheaperSchema } from '@/lib/spending/breach';
import type { Task } from './task';

/**
 * When a step looks again whether other calls have given back what they held, in milliseconds: each look is written to
 * the journal, and a hold whose process died stands for as long as its attempt might have taken.
 */
const lookAgainMs = { least: 3_000, most: 30_000 };

/** What a step was told at the end of its wait, and whether a cheaper model shall answer it. */
export function toldOf(resumed: unknown): { resumed: unknown; cheaper: boolean } {
  const told = cheaperSchema.safeParse(resumed);
  return told.success ? { resumed: told.data.resumed, cheaper: true } : { resumed, cheaper: false };
}

/** How a step waits for its budget. It is called again from its beginning, with all that it remembered. */
export function budgetWait({ asked }: BudgetPause, { state, step }: Task, now: number): Wait {
  const { memo, resumed } = state.steps[step.id] ?? {};
  const kept = memo === undefined ? {} : { memo };
  if (asked === 'busy') {
    const end = { ok: 'again', ...(resumed === undefined ? {} : { value: resumed }) } as const;
    const since = now - (state.startedAt ?? now);
    const wait = Math.min(lookAgainMs.most, Math.max(lookAgainMs.least, since / 20));
    return { kind: 'timer', until: now + wait, end, ...kept };
  }
  const told = toldOf(resumed).resumed;
  const ask: BudgetAsk = { budget: asked, ...(told === undefined ? {} : { resumed: told }) };
  return { kind: 'person', ask, ...kept };
}
