import type { Budget } from '@/lib/spending/contract';
import type { BreachAction, BudgetScope, BudgetWindow } from '@/lib/spending/schema';

export const windowWords: Record<BudgetWindow, string> = {
  none: 'in total',
  day: 'per day',
  week: 'per week',
  month: 'per month',
};

export const breachWords: Record<BreachAction, string> = {
  downgrade: 'A cheaper model answers',
  ask: 'The run waits and asks an admin',
  stop: 'The step fails',
};

export const scopeWords: Record<BudgetScope, string> = {
  workspace: 'The workspace',
  person: 'A person',
  agent: 'An agent',
  workflow: 'A workflow',
  run: 'Each run',
};

/** "$20 per month", for people. */
export const limitText = ({ capUsd, window }: Pick<Budget, 'capUsd' | 'window'>): string =>
  `${moneyText(capUsd)} ${windowWords[window]}`;

/** A decimal text of dollars, short: cents, and as many digits as a small amount needs. */
export function moneyText(usd: string): string {
  const value = Number(usd);
  if (value === 0) return '$0';
  if (value >= 0.1) return `$${value.toFixed(2).replace(/\.00$/, '')}`;
  if (value < 0.000001) return '<$0.000001';
  return `$${value.toPrecision(2).replace(/(\.\d*?)0+$/, '$1')}`;
}

/** A part of a whole in percent: "0 %" is none of it and "100 %" all of it. */
export function shareText(part: number, whole: number): string {
  if (whole === 0 || part === 0) return '0 %';
  if (part >= whole) return '100 %';
  return `${Math.min(99, Math.max(1, Math.round((part / whole) * 100)))} %`;
}
