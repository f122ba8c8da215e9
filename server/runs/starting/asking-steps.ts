import { isDeepStrictEqual } from 'node:util';
import { AppError } from '@/lib/api/errors';
import { catalogue } from '@/lib/nodes/catalogue';
import { decidersWords, mayDecide } from '@/lib/people/deciders';
import type { Actor } from '@/lib/people/schema';
import type { Plan, PlanStep, RunMode } from '@/lib/runs/schema';

/** What a step asks people, as its settings say, and who may answer; undefined for a step that asks nobody. */
export function askOf({ type, config }: Pick<PlanStep, 'type' | 'config'>) {
  const node = Object.hasOwn(catalogue, type) ? catalogue[type] : undefined;
  if (node?.kind !== 'task' || !node.answer || !node.asks) return undefined;
  const settings = node.config.parse(config);
  return { ...node.asks(settings), settings, answer: node.answer };
}

/**
 * Whoever may not answer a step may not change what it asks or of whom, nor answer in its place: within a published
 * version an approval holds. Rehearsals ask nobody. Throws `forbidden`.
 */
export function requireMayAnswer(
  step: Pick<PlanStep, 'type' | 'config' | 'name'>,
  mode: RunMode,
  actor: Pick<Actor, 'role' | 'email'>,
): void {
  const asked = askOf(step);
  if (!asked || mode === 'rehearsal' || mayDecide(asked.by, actor)) return;
  throw new AppError(
    'forbidden',
    `“${step.name}” asks people. ${decidersWords(asked.by)}, or change what it asks, also in the debugger. Nothing was changed.`,
  );
}

/** Steps that ask people, and ask something else, or of others, than in an earlier plan: what was answered there is no answer here. */
export function asksAnew(before: Plan, now: Plan): string[] {
  const old = new Map(before.steps.map((step) => [step.id, step]));
  return now.steps.flatMap((step) => {
    const then = old.get(step.id);
    const asked = then && askOf(then);
    return asked && !isDeepStrictEqual(asked.settings, askOf(step)?.settings) ? [step.id] : [];
  });
}
