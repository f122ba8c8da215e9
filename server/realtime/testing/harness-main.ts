import type { Role } from '@/lib/people/schema';
import { createServices } from '@/server/compose';
import { loadConfig, withSecrets } from '@/server/config';
import { createLock } from '@/server/workflows/locks/change-locks';
import { addPerson, addWorkflow, addWorkspace, setRole } from './fixture';
import { type RealtimeProcess, startRealtime } from './server';

/**
 * A workspace with people and a realtime process, driven over IPC by tests that may not import the server. Its
 * argument is the environment, as JSON. It ends when its parent does.
 */
type Command =
  | { do: 'start'; port?: number }
  | { do: 'kill' }
  | { do: 'add-person'; role: Role }
  | { do: 'add-workflow' }
  | { do: 'set-role'; userId: string; role?: Role }
  | { do: 'lock'; workflowId: string; userId: string; nodeIds: string[] }
  | { do: 'read'; workflowId: string };

const environment = JSON.parse(process.argv[2] ?? '{}') as Record<string, string>;
const services = await createServices(withSecrets(loadConfig(environment)), 'harness');
const workspaceId = await addWorkspace(services);
let server: RealtimeProcess | undefined;

async function perform(command: Command): Promise<unknown> {
  switch (command.do) {
    case 'start':
      server = await startRealtime(environment, command.port);
      return server.url;
    case 'kill':
      return server?.kill();
    case 'add-person':
      return addPerson(services, workspaceId, command.role);
    case 'add-workflow':
      return addWorkflow(services, workspaceId);
    case 'set-role':
      return setRole(services, workspaceId, command.userId, command.role);
    case 'lock': {
      const { workflowId, userId, nodeIds } = command;
      const actor = { userId, name: '', email: '', workspaceId, role: 'editor' as const };
      const body = { nodeIds, reason: 'in review', expiresAt: null };
      return createLock(services, actor, { params: { id: workflowId }, query: {}, body });
    }
    case 'read':
      return services.drafts.read(command.workflowId);
  }
}

process.on('message', ({ id, command }: { id: number; command: Command }) => {
  perform(command).then(
    (result) => process.send?.({ id, result }),
    (error: unknown) => process.send?.({ id, error: String(error) }),
  );
});
process.on('disconnect', () => {
  void Promise.resolve(server?.kill()).finally(() => process.exit(0));
});
process.send?.({ id: 0 });
