import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export type WorkerProcess = {
  id: string;
  kill(signal: NodeJS.Signals): void;
  exited: Promise<unknown>;
};

const children = new Set<ChildProcess>();

/** Starts a real worker process; resolves when it holds its lease. It ends with this process at the latest. */
export async function startWorkerProcess(
  env: Record<string, string>,
  effects: string,
): Promise<WorkerProcess> {
  const entry = join(import.meta.dirname, 'killable-worker.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', entry, effects], {
    env: { NODE_ENV: 'test', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.add(child);
  const exited = once(child, 'exit').finally(() => children.delete(child));
  const lines = createInterface({ input: child.stdout });
  const id = await new Promise<string>((resolve, reject) => {
    lines.on('line', (line) => {
      if (line.startsWith('ready ')) resolve(line.slice('ready '.length));
    });
    exited.then(() => reject(new Error('The worker process ended before it was ready.')), reject);
  });
  return { id, exited, kill: (signal) => void child.kill(signal) };
}

/** Ends what is left, paused processes too. */
export async function endWorkerProcesses(): Promise<void> {
  const ends = [...children].map((child) => once(child, 'exit'));
  for (const child of children) child.kill('SIGKILL');
  await Promise.all(ends);
}
