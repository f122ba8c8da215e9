import type { Bus } from '@/server/bus/bus';

/** A hint to whoever looks at messages; sent after the commit. */
export function tellMessages(bus: Pick<Bus, 'publish'>, workspaceId: string): void {
  bus.publish(`workspace:${workspaceId}`, { kind: 'mail', id: workspaceId });
}
