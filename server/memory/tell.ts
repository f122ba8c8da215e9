import type { Bus } from '@/server/bus/bus';

/** A hint to whoever looks that a space has changed; sent after the commit. */
export function tellMemory(
  bus: Pick<Bus, 'publish'>,
  { workspaceId, id }: { workspaceId: string; id: string },
): void {
  bus.publish(`workspace:${workspaceId}`, { kind: 'memory', id });
}
