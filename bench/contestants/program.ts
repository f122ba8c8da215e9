import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** A program that a benchmark started. It ends with this process at the latest. */
export type Program = {
  pid: number | undefined;
  hasExited(): boolean;
  /** The last lines that it wrote. */
  said(): string;
  /** Asks it to end, insists after 10 s, and resolves when it is gone. */
  stop(): Promise<void>;
};

const maxSaid = 4000;
const patienceMs = 120_000;

export function startProgram(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Program {
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  let failed = false;
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data: Buffer) => {
      said = (said + data.toString()).slice(-maxSaid);
    });
  }
  child.on('error', (error) => {
    failed = true;
    said += error.message;
  });
  const kill = () => child.kill('SIGKILL');
  process.on('exit', kill);
  const hasExited = () => failed || child.exitCode !== null || child.signalCode !== null;
  return {
    pid: child.pid,
    hasExited,
    said: () => said,
    async stop() {
      process.off('exit', kill);
      if (hasExited()) return;
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await Promise.race([exited, sleep(10_000, undefined, { ref: false })]);
      if (hasExited()) return;
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** Waits until the address answers with a success. Throws with what the program said last when that does not come. */
export async function untilOk(url: string, program: Program): Promise<void> {
  for (const until = Date.now() + patienceMs; Date.now() < until; await sleep(200)) {
    if (program.hasExited()) break;
    const answer = await fetch(url).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.ok) return;
  }
  throw new Error(`${url} does not answer. The program said: ${program.said()}`);
}

/** Posts JSON and reads the whole answer. Throws when it is not a success. */
export async function post(url: string, body: unknown): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${text.slice(0, 500)}`);
}
