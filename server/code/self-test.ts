import { createServer } from 'node:net';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { textsIn } from '@/lib/values/unknown';
import { killSandbox, spawnSandbox, startSandbox } from './sandbox-process';

/**
 * Tries the sandbox before anybody's code runs in it. Gives the reason why it may not be used, as a sentence, or
 * undefined where it holds.
 */
export async function selfTest(folder: string): Promise<string | undefined> {
  if (process.platform !== 'linux') return 'the sandbox needs Linux.';
  const got = await escapes(folder);
  if (typeof got === 'string') return got;
  if (got.length > 0)
    return `the sandbox of this machine does not hold: a program in it could ${got.join(', ')}.`;
  const sandbox = startSandbox(folder);
  const job = { source: 'return input + 1;', keys: ['input'], timeoutMs: 5_000, memoryMb: 16 };
  try {
    await sandbox.ready;
  } catch (error) {
    return error instanceof Error ? `${error.message}.` : 'the sandbox did not start.';
  }
  const end = await sandbox.do(job, '{"input":1}');
  return end.ok && end.value === 2 ? undefined : 'a trial in the sandbox came to nothing.';
}

/** What a program inside could do that it must not; a sentence where it could not even start. */
async function escapes(folder: string): Promise<string[] | string> {
  // A door of this machine that is open, so that a closed one proves something.
  const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  try {
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const child = spawnSandbox(folder, ['/sandbox/probe.mjs', String(port)]);
    const clock = setTimeout(() => killSandbox(child), 10_000);
    const missing = new Promise<string>((resolve) =>
      child.once('error', (error) => resolve(error.message)),
    );
    const said = Promise.all([textOf(child.stdout), textOf(child.stderr)]);
    const end = await Promise.race([missing, said]);
    clearTimeout(clock);
    if (typeof end === 'string') return `this machine has no sandbox (${end}).`;
    const [out, problem] = end;
    if (!out.startsWith('[')) return reasonOf(problem);
    return textsIn(JSON.parse(out));
  } finally {
    server.close();
  }
}

function reasonOf(problem: string): string {
  const last = problem.trim().split('\n').at(-1) ?? '';
  if (/failed to execute bwrap|bwrap: No such file/i.test(problem)) {
    return 'bubblewrap (bwrap) is not installed on this machine.';
  }
  return `the sandbox did not start: ${last.slice(0, 300) || 'it said nothing'}.`;
}

const textOf = async (stream: Readable | null): Promise<string> =>
  stream === null ? '' : await text(stream);
