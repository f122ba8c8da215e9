import type { Bus } from '@/server/bus/bus';
import type { SoftPassed } from './settle';

/** Tells open pages that budgets passed their soft mark, and those who were notified of it. */
export function tellSoftMarks(
  bus: Pick<Bus, 'publish'>,
  workspaceId: string,
  passed: readonly SoftPassed[],
): void {
  for (const { budgetId, notified } of passed) {
    bus.publish(`workspace:${workspaceId}`, { kind: 'budget', id: budgetId });
    for (const id of notified) {
      bus.publish(`workspace:${workspaceId}`, { kind: 'notification', id });
    }
  }
}
