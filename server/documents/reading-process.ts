import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { documentLimits } from '@/lib/files/documents/schema';

export type Stopped = { stopped: 'time' | 'memory' | 'broken' };

const longestMs = 60_000;
const heapMegabytes = 512;
/** Of all of its memory; looked at where the system tells. */
const mostBytes = 1_024 * 1_048_576;
const lookMs = 200;
/** Characters take up to four bytes, and JSON quotes some of them. */
const maxAnswerBytes = documentLimits.characters * 6;

/**
 * Reads a document in a process that may read the folder of its own program and nothing else, with nothing of the product's environment.
 * It is killed when it takes longer than a minute, too much memory, or when the signal aborts. Never rejects.
 */
export async function readInProcess<Read>(
  folder: string,
  { kind, schema }: { kind: string; schema: z.ZodType<Read> },
  bytes: Uint8Array,
  signal: AbortSignal,
): Promise<Read | Stopped> {
  const limits = [`--max-old-space-size=${heapMegabytes}`, '--permission'];
  const child = spawn(
    process.execPath,
    [...limits, `--allow-fs-read=${folder}`, join(folder, 'main.mjs'), kind],
    {
      env: { NODE_ENV: 'production' },
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  );
  let stopped: Stopped['stopped'] | undefined;
  const stop = (why: Stopped['stopped']) => {
    stopped ??= why;
    child.kill('SIGKILL');
  };
  const onAbort = () => stop('broken');
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  const clock = setTimeout(() => stop('time'), longestMs);
  const look = setInterval(() => {
    if (residentBytes(child) > mostBytes) stop('memory');
  }, lookMs);
  try {
    // Nobody reads what a dead process is told.
    child.stdin.on('error', () => undefined);
    child.stdin.end(bytes);
    const { text, errors } = await listen(child, () => stop('memory'));
    if (stopped !== undefined) return { stopped };
    if (/heap out of memory|allocation failed/i.test(errors)) return { stopped: 'memory' };
    const said = schema.safeParse(parsed(text));
    return said.success ? said.data : { stopped: 'broken' };
  } finally {
    clearTimeout(clock);
    clearInterval(look);
    signal.removeEventListener('abort', onAbort);
    child.kill('SIGKILL');
  }
}

function listen(
  child: ChildProcess,
  onTooMuch: () => void,
): Promise<{ text: string; errors: string }> {
  const parts: Buffer[] = [];
  let size = 0;
  let errors = '';
  child.stdout?.on('data', (part: Buffer) => {
    size += part.length;
    if (size > maxAnswerBytes) onTooMuch();
    else parts.push(part);
  });
  child.stderr?.on('data', (part: Buffer) => {
    errors = (errors + part.toString('utf8')).slice(-4_000);
  });
  return new Promise((resolve) => {
    const end = () => resolve({ text: Buffer.concat(parts).toString('utf8'), errors });
    child.once('error', end);
    child.once('close', end);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** 0 where the system does not tell. */
function residentBytes({ pid }: ChildProcess): number {
  try {
    const pages = /^\d+ (\d+)/.exec(readFileSync(`/proc/${pid}/statm`, 'utf8'))?.[1];
    return Number(pages ?? 0) * 4_096;
  } catch {
    return 0;
  }
}
