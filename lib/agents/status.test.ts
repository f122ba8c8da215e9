import { expect, test } from 'vitest';
import { agentStatus } from './status';

const load = (running = 0, waiting = 0, failed = 0, over = 0) => ({
  running,
  waiting,
  failed,
  over,
});

test.each([
  [load(2, 1), 0, 'offline', 'No worker is running: nothing starts.'],
  [undefined, 1, 'idle', 'Ready for a task.'],
  [load(1), 1, 'busy', '1 task under way.'],
  [load(3, 1), 1, 'busy', '3 tasks under way.'],
  [load(1, 1), 1, 'waiting', '1 task waits for a person.'],
  [load(2, 2), 1, 'waiting', '2 tasks wait for a person.'],
  [load(0, 0, 3, 3), 1, 'failing', 'Its last 3 tasks failed.'],
  [load(0, 0, 1, 1), 1, 'idle', 'Ready for a task.'],
  [load(0, 0, 2, 3), 1, 'idle', 'Ready for a task.'],
])('%j with %i workers is %s', (given, workers, status, cause) => {
  expect(agentStatus(given, workers)).toEqual({ status, cause });
});
