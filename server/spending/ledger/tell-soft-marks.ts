import type { Bus } from '@/server/bus/bus';
import type { SoftPassed } from './settle';

/** Tells open pages that budgets passed their soft mark. */
export function tellSoftMarks(
  bus: Pick<Bus, 'publish'>,
  workspaceId: string,
  passed: readonly SoftPassed[],
): void {
  for (const { budgetId } of passed) {
    bus.publish(`workspace:${workspaceId}`, { kind: 'budget', id: budgetId });
  }
}
