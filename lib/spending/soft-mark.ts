import { type Pico, usdOf } from './pico';
import type { BudgetScope, BudgetWindow } from './schema';

export type SoftMark = {
  scope: BudgetScope;
  window: BudgetWindow;
  spent: Pico;
  /** With what was granted beyond the limit. */
  cap: Pico;
};

const whose: Record<BudgetScope, string> = {
  workspace: 'the workspace',
  person: 'a person',
  agent: 'an agent',
  workflow: 'a workflow',
  run: 'a run',
};
const when: Record<BudgetWindow, string> = {
  none: '',
  day: ' today',
  week: ' this week',
  month: ' this month',
};

/** Whole cents; of less than a cent the first digit that counts. */
function dollars(pico: Pico): string {
  const value = Number(usdOf(pico));
  return value === 0 || value >= 0.01 ? `$${value.toFixed(2)}` : `$${value.toPrecision(1)}`;
}

/** What people read when a budget has passed its soft mark. */
export function softMarkText({ scope, window, spent, cap }: SoftMark): string {
  const percent = cap === 0n ? 100 : Number((spent * 100n) / cap);
  return `The budget of ${whose[scope]}: ${dollars(spent)} of ${dollars(cap)} is spent${when[window]} (${percent} %).`;
}
