import { type ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { createSuccessions, type Successions } from './replacements';

/** One kind of process of the product and how many of it run. */
export type Kind = Readonly<{
  /** Short, as it shows before a log line: web, worker. */
  name: string;
  /** The module that the process runs. */
  entry: string;
  count: number;
  env: NodeJS.ProcessEnv;
}>;

export type Children = Readonly<{
  /** Resolves when every process has said once that it is ready; rejects when one cannot get there. */
  ready: Promise<void>;
  /** Asks all to end (SIGTERM), and after `graceMs` makes them (SIGKILL). Resolves when none is left. */
  stop: (graceMs: number) => Promise<void>;
  /** Makes them end now. */
  kill: () => void;
}>;

type Report = Readonly<{
  /** A line that a process has written. */
  line: (kind: string, text: string) => void;
  /** What happened to a process. */
  event: (text: string) => void;
}>;

const firstPauseMs = 200;
const longestPauseMs = 5000;
const healthyMs = 10_000;
const attemptsBeforeReady = 3;

/**
 * Starts processes and keeps them: what dies is started again after a pause that doubles from 0.2 s to 5 s and
 * begins anew after 10 s of health. One that retires has its successor before it is gone. A kind that dies three times
 * before it was ever ready is given up: `ready` rejects. Output lines of all go to `report`.
 */
export function startChildren(kinds: readonly Kind[], report: Report): Children {
  const running = new Set<ChildProcess>();
  const timers = new Set<NodeJS.Timeout>();
  let stopping = false;

  const launchIn = (ms: number, launch: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      launch();
    }, ms);
    timers.add(timer);
  };

  const keep = (kind: Kind, successions: Successions) =>
    new Promise<void>((resolve, reject) => {
      let pauseMs = firstPauseMs;
      let wasReady = false;
      let failures = 0;
      const launch = () => {
        const startedAt = Date.now();
        const child = spawnChild(kind, report);
        let onGone: (() => void) | undefined;
        running.add(child);
        child.on('message', (message) => {
          if (message === 'retiring' && !stopping) {
            onGone = successions.next((ms) => launchIn(ms, launch));
            report.event(`A ${kind.name} process is being replaced: a task in it does not stop.`);
          }
          if (message !== 'ready') return;
          wasReady = true;
          resolve();
        });
        child.once('exit', (code, signal) => {
          running.delete(child);
          onGone?.();
          if (stopping || onGone !== undefined) return;
          failures += 1;
          if (!wasReady && failures === attemptsBeforeReady) {
            reject(new Error(`The ${kind.name} process does not start. See its last log lines.`));
            return;
          }
          if (Date.now() - startedAt > healthyMs) pauseMs = firstPauseMs;
          report.event(
            `The ${kind.name} process ended (${signal ?? `code ${code}`}) and is restarting.`,
          );
          launchIn(pauseMs, launch);
          pauseMs = Math.min(pauseMs * 2, longestPauseMs);
        });
      };
      launch();
    });

  const everyone = kinds.flatMap((kind) => {
    const successions = createSuccessions();
    return Array.from({ length: kind.count }, () => keep(kind, successions));
  });
  const ready = Promise.all(everyone).then(() => undefined);
  const signalAll = (signal: NodeJS.Signals) => {
    stopping = true;
    for (const timer of timers) clearTimeout(timer);
    for (const child of running) child.kill(signal);
  };
  return {
    ready,
    kill: () => signalAll('SIGKILL'),
    stop: async (graceMs) => {
      signalAll('SIGTERM');
      const force = setTimeout(() => signalAll('SIGKILL'), graceMs);
      await Promise.all([...running].map(untilExit));
      clearTimeout(force);
    },
  };
}

function spawnChild(kind: Kind, report: Report): ChildProcess {
  const child = fork(kind.entry, [], {
    env: kind.env,
    execArgv: ['--import', import.meta.resolve('tsx'), '--enable-source-maps'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null) forward(stream, (line) => report.line(kind.name, line));
  }
  child.on('error', (error) => report.event(`The ${kind.name} process: ${error.message}`));
  return child;
}

function forward(stream: Readable, write: (line: string) => void): void {
  createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) => {
    if (line.trim() !== '') write(line);
  });
}

function untilExit(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once('exit', () => resolve()));
}
