import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@/server/embedded/port';
import { startRealtime } from '@/server/realtime/testing/server';
import type { LinkKind } from './link';

const root = join(import.meta.dirname, '../..');

/** One of the servers that are compared. */
export type BenchServer = { kind: LinkKind; url: string; pid: number; close(): Promise<void> };

/** A server of our own scripts that takes its port as the argument and says when it is ready. */
export async function startScript(
  kind: 'floor' | 'hocuspocus',
  script: string,
): Promise<BenchServer> {
  const port = await freePort();
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, script), String(port)], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  await once(child, 'message');
  return served(kind, port, child);
}

/** The server that y-websocket brings. */
export async function startYWebsocket(): Promise<BenchServer> {
  const port = await freePort();
  const script = join(root, 'node_modules/y-websocket/bin/server.cjs');
  const child = spawn(process.execPath, [script], {
    cwd: root,
    env: { ...process.env, HOST: '127.0.0.1', PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (let left = 100; !(await isOpen(port)); left -= 1) {
    if (left === 0) throw new Error('y-websocket does not start');
    await sleep(100);
  }
  return served('y-websocket', port, child);
}

/** Ours, as production runs it. */
export async function startEnsemble(
  kind: 'ensemble' | 'ensemble, Redis',
  environment: Record<string, string>,
): Promise<BenchServer> {
  const { url, child, kill } = await startRealtime({ ...environment, ENSEMBLE_LOG: 'warn' });
  return { kind, url, pid: child.pid ?? 0, close: kill };
}

function served(kind: LinkKind, port: number, child: ChildProcess): BenchServer {
  return {
    kind,
    url: `ws://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    async close() {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** Processor time that a process has used, in milliseconds. */
export function cpuMs(pid: number): number {
  const fields = fieldsOf(pid);
  // utime and stime, in ticks of 10 ms.
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** The same for a process and its children, also for those that have ended. */
export function cpuMsWithChildren(pid: number): number {
  let sum = 0;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const fields = fieldsOf(Number(name));
      if (Number(name) === pid) sum += (Number(fields[13]) + Number(fields[14])) * 10;
      if (Number(name) === pid || Number(fields[1]) === pid) sum += cpuMs(Number(name));
    } catch {
      // It ended meanwhile.
    }
  }
  return sum;
}

/** Memory that a process holds now, in MB. */
export function memoryMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024;
}

const fieldsOf = (pid: number) =>
  readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
