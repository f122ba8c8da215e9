import { type ChildProcess, spawn } from 'node:child_process';
import { Writable } from 'node:stream';
import { type CodeEnd, codeLimits } from '@/lib/code/code-job';
import { codeEndSchema } from '@/lib/code/schema';
import { at } from '@/lib/values/unknown';
import { readFrames, toFrame } from './frames';
import { sandboxCommand } from './sandbox';
import type { SandboxJob } from './sandbox-job';
import { syscallFilter } from './syscall-filter';

/** How long a process may take to be ready. */
const startMs = 10_000;
/** What it gets beyond the job's own time, before it is killed. */
const graceMs = 500;
/** Four bytes a character, and the console. */
const maxAnswerBytes = codeLimits.valueCharacters * 4 + 2_000_000;

/** One disposable process with QuickJS in it. It does one job. */
export type SandboxProcess = {
  ready: Promise<void>;
  /** Does the job with its values, a JSON object, then ends the process. An abort gives `broken`. */
  do(job: SandboxJob, names: string, signal?: AbortSignal): Promise<CodeEnd>;
  kill(): void;
  /** Whether it can still do a job. */
  alive(): boolean;
};

/** Starts a process. `ready` rejects with what it said when it does not come up. */
export function startSandbox(folder: string): SandboxProcess {
  const child = spawnSandbox(folder, ['/sandbox/main.mjs']);
  const messages = readMessages(child);
  const kill = () => killSandbox(child);
  const late = setTimeout(kill, startMs);
  const ready = messages.next().then((first) => {
    clearTimeout(late);
    if (first !== '"ready"') throw new Error(`the sandbox did not start: ${messages.said()}`);
  });
  ready.catch(kill);
  return {
    ready,
    kill,
    alive: () => child.exitCode === null && child.signalCode === null,
    async do(job, names, signal) {
      const end = await answer(job, names, signal);
      kill();
      return end;
    },
  };

  async function answer(job: SandboxJob, names: string, signal?: AbortSignal): Promise<CodeEnd> {
    const failed = (fault: 'too_long' | 'broken', message: string): CodeEnd => ({
      ...{ ok: false, fault, message, console: [] },
    });
    let over = false;
    const clock = setTimeout(() => {
      over = true;
      kill();
    }, job.timeoutMs + graceMs);
    signal?.addEventListener('abort', kill);
    try {
      await ready;
      // Nobody reads what a dead process is told.
      child.stdin?.on('error', () => undefined);
      child.stdin?.write(toFrame(JSON.stringify(job)));
      child.stdin?.write(toFrame(names));
      const said = await messages.next();
      if (said !== undefined) return codeEndSchema.parse(JSON.parse(said));
      if (over) return failed('too_long', `The code was stopped after ${job.timeoutMs} ms.`);
      if (signal?.aborted) return failed('broken', 'The code was stopped.');
      return failed(
        'broken',
        'The sandbox ended before the code did: it may have taken too much memory.',
      );
    } finally {
      clearTimeout(clock);
      signal?.removeEventListener('abort', kill);
    }
  }
}

/**
 * Kills all processes of a sandbox. They are one process group: while it starts, its inner processes do not yet die
 * with the outer one, and would stay for good.
 */
export function killSandbox(child: ChildProcess): void {
  // Once it has ended, its number may be another's.
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    if (at(error, 'code') !== 'ESRCH') throw error;
  }
}

/** A process in the sandbox, with a session of its own, whose stdin, stdout and stderr are pipes. */
export function spawnSandbox(folder: string, program: readonly string[]): ChildProcess {
  const filter = syscallFilter(process.arch);
  const { file, args } = sandboxCommand(folder, program, filter !== undefined);
  const child: ChildProcess = spawn(file, args, {
    // None of the product's own environment, which holds secrets, comes near it.
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', NODE_ENV: 'production' },
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    detached: true,
  });
  const third = child.stdio[3];
  third?.on('error', () => undefined);
  if (third instanceof Writable) third.end(filter ?? Buffer.alloc(0));
  return child;
}

/** Messages of a process in their order; undefined once it is gone, or said more than it may. */
function readMessages(child: ChildProcess) {
  let read: Buffer[] = [];
  let bytes = 0;
  let stderr = '';
  let gone = false;
  const waiting: ((message: string | undefined) => void)[] = [];
  const came: string[] = [];
  const give = () => {
    const { frames, rest } = readFrames(Buffer.concat(read));
    read = [rest];
    came.push(...frames);
    while (waiting.length > 0 && (came.length > 0 || gone)) waiting.shift()?.(came.shift());
  };
  const end = () => {
    gone = true;
    give();
  };
  child.stdout?.on('data', (part: Buffer) => {
    bytes += part.length;
    if (bytes > maxAnswerBytes) return killSandbox(child);
    read.push(part);
    give();
  });
  child.stderr?.on('data', (part: Buffer) => {
    stderr = (stderr + part.toString('utf8')).slice(-2_000);
  });
  child.once('error', (error) => {
    stderr += error.message;
    end();
  });
  child.once('close', end);
  return {
    said: () => stderr.trim() || 'it said nothing',
    next: () =>
      new Promise<string | undefined>((resolve) => {
        waiting.push(resolve);
        give();
      }),
  };
}
