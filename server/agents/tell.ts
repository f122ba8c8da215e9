import { agentsChanged } from '@/lib/agents/assignment/record';
import { wakeWaiting } from '@/server/events/wake-waiting';
import type { Services } from '@/server/services';

export type ToTell = Pick<Services, 'pool' | 'bus' | 'engine' | 'log'>;

/** Tells whoever looks at an agent that it has changed, and steps that wait for one that fits. */
export async function tellOfAgent(
  services: ToTell,
  workspaceId: string,
  id: string,
): Promise<void> {
  services.bus.publish(`workspace:${workspaceId}`, { kind: 'agent', id });
  await wakeWaiting(services, workspaceId, agentsChanged).catch((error: unknown) => {
    // They look again by themselves, a little later.
    services.log.warn({ err: error }, 'steps that wait for an agent could not be woken');
  });
}
