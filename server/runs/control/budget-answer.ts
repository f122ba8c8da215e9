import { AppError } from '@/lib/api/errors';
import { can, isAtLeast } from '@/lib/people/can';
import type { Actor } from '@/lib/people/schema';
import type { WaitEnd } from '@/lib/runs/schema';
import { type BudgetAnswer, budgetAnswerSchema, budgetAskSchema } from '@/lib/spending/breach';
import { picoOf } from '@/lib/spending/pico';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { grantMore } from '@/server/spending/budgets/grant';

type Step = { runId: string; stepId: string; attempt: number };

/**
 * What a person says about a step that its budget has no room for: grant more, take a cheaper model, or let it fail.
 * Undefined when something else is asked. What is granted stands before the step goes on, once for each question.
 * Throws `invalid_input` and `forbidden`.
 */
export async function budgetEnd(
  services: Pick<Services, 'pool' | 'bus'>,
  step: Step,
  ask: unknown,
  actor: Actor,
  answer: unknown,
): Promise<WaitEnd | undefined> {
  const asked = budgetAskSchema.safeParse(ask);
  if (!asked.success) return undefined;
  const given = budgetAnswerSchema.safeParse(answer);
  if (!given.success) {
    throw new AppError(
      'invalid_input',
      'Answer {"do": "raise", "usd": "1.50"} with an amount above 0 and at most 1,000,000, {"do": "cheaper"} or {"do": "stop"}. The step waits on.',
    );
  }
  requireMay(actor, given.data);
  const { budget, resumed } = asked.data;
  const told = resumed === undefined ? {} : { resumed };
  switch (given.data.do) {
    case 'raise': {
      const pico = picoOf(given.data.usd) ?? 0n;
      const { workspaceId, userId } = actor;
      const caps = budget.breached.map(({ id, capUsd }) => `${id} ${capUsd}`).join(' ');
      const key = `${step.runId} ${step.stepId} ${step.attempt} ${caps}`;
      await transaction(services.pool, async (client) => {
        if (!(await grantMore(client, budget.breached, { pico, key, userId, workspaceId }))) return;
        for (const { id } of budget.breached) {
          const detail = { usd: given.data.do === 'raise' ? given.data.usd : '', run: step.runId };
          await insertAudit(client, actor, 'budget.granted', { type: 'budget', id }, detail);
        }
      });
      for (const { id } of budget.breached) {
        services.bus.publish(`workspace:${workspaceId}`, { kind: 'budget', id });
      }
      return { ok: 'again', ...(resumed === undefined ? {} : { value: resumed }) };
    }
    case 'cheaper':
      return { ok: 'again', value: { budget: 'cheaper', ...told } };
    case 'stop': {
      const message = `Its budget had no room for an answer of ${budget.model}. ${actor.name} stopped it.`;
      return { ok: false, error: { code: 'budget_exceeded', message, retryable: false } };
    }
  }
}

function requireMay({ role }: Pick<Actor, 'role'>, answer: BudgetAnswer): void {
  if (answer.do === 'raise' ? can(role, 'spending.manage') : isAtLeast(role, 'editor')) return;
  throw new AppError(
    'forbidden',
    answer.do === 'raise'
      ? 'Only admins and owners may grant more than a budget. The step waits on.'
      : 'Only editors and above may decide this. The step waits on.',
  );
}
