import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { sandboxProgram } from './program';

const home = mkdtempSync(join(tmpdir(), 'ensemble-probe-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

test('what tries the sandbox finds every door that stands open where there is none', async () => {
  const folder = await sandboxProgram(home);
  const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const { stdout } = await promisify(execFile)(process.execPath, [
    join(folder, 'probe.mjs'),
    String(port),
  ]);
  server.close();
  const got = JSON.parse(stdout);
  expect(got).toEqual(
    expect.arrayContaining([
      'see /etc/passwd',
      'write /tmp/written',
      'reach 127.0.0.1',
      expect.stringMatching(/^see the environment/),
    ]),
  );
  rmSync('/tmp/written', { force: true });
});

test('the program is made once, also by two at once', async () => {
  const made = await Promise.all([sandboxProgram(home), sandboxProgram(home)]);
  expect(new Set(made).size).toBe(1);
});
