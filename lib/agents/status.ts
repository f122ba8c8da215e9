export const agentStatuses = ['offline', 'failing', 'waiting', 'busy', 'idle'] as const;
export type AgentStatus = (typeof agentStatuses)[number];

type Load = { running: number; waiting: number; failed: number; over: number };

const nothing: Load = { running: 0, waiting: 0, failed: 0, over: 0 };

/** How an agent stands and why, worked out from what it does: nobody writes a status. */
export function agentStatus(
  load: Load = nothing,
  workers: number,
): { status: AgentStatus; cause: string } {
  const { running, waiting, failed, over } = load;
  if (workers === 0) return { status: 'offline', cause: 'No worker is running: nothing starts.' };
  if (waiting > 0 && waiting === running) {
    const wait = waiting === 1 ? 'waits' : 'wait';
    return { status: 'waiting', cause: `${tasks(waiting)} ${wait} for a person.` };
  }
  if (running > 0) return { status: 'busy', cause: `${tasks(running)} under way.` };
  if (over >= 2 && failed === over) {
    return { status: 'failing', cause: `Its last ${failed} tasks failed.` };
  }
  return { status: 'idle', cause: 'Ready for a task.' };
}

const tasks = (count: number) => `${count} ${count === 1 ? 'task' : 'tasks'}`;
