import type { Services } from '@/server/services';

/** Tells whoever looks at the run or at what waits for them that a call moved on. */
export function announceCall(
  { bus }: Pick<Services, 'bus'>,
  { workspaceId, runId }: { workspaceId: string; runId: string },
): void {
  bus.publish(`workspace:${workspaceId}`, { kind: 'tool-call', id: runId });
}
