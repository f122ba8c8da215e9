import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '@/server/testing/eventually';
import { type Children, startChildren } from './supervisor';

const fixture = join(import.meta.dirname, '../testing/process-fixture.ts');
let children: Children | undefined;
afterEach(() => children?.stop(1000));

describe('startChildren', () => {
  it('is ready when all are, and leaves nothing behind', async () => {
    await start({ count: 2 }).ready;
    expect(fixtures(process.pid)).toHaveLength(2);
    await children?.stop(5000);
    expect(fixtures(process.pid)).toEqual([]);
  });

  it('starts a killed process again', async () => {
    await start({ count: 1 }).ready;
    const [killed = 0] = fixtures(process.pid);
    process.kill(killed, 'SIGKILL');
    await eventually(() => {
      const now = fixtures(process.pid);
      expect(now).toHaveLength(1);
      expect(now).not.toContain(killed);
    });
  });

  it('starts again what dies of an uncaught error, and says so', async () => {
    const lines: string[] = [];
    await start({ count: 1, behaviour: 'crash', lines }).ready;
    await eventually(() => {
      expect(lines.filter((line) => line.includes('is restarting')).length).toBeGreaterThan(1);
      expect(lines.join('\n')).toContain('Error: lost');
    });
  });

  it('gives up on a process that never gets ready, and shows why', async () => {
    const lines: string[] = [];
    await expect(start({ count: 1, behaviour: 'broken', lines }).ready).rejects.toThrow(
      'The fixture process does not start',
    );
    expect(lines.join('\n')).toContain('the fixture is broken');
  });

  it('ends what does not want to end', async () => {
    await start({ count: 1, behaviour: 'stubborn' }).ready;
    await children?.stop(300);
    expect(fixtures(process.pid)).toEqual([]);
  });

  it('kills a process whose event loop stands still, and starts it again', async () => {
    const lines: string[] = [];
    await start({ count: 1, behaviour: 'blocked', lines }).ready;
    const [blocked = 0] = fixtures(process.pid);
    await eventually(() => expect(fixtures(process.pid)).not.toContain(blocked));
    await eventually(() => {
      expect(lines.join('\n')).toContain('The fixture process did not respond for 1 s');
      expect(lines.join('\n')).toContain('The fixture process ended (SIGKILL) and is restarting');
    });
  });

  it('leaves one alone that is busy now and then, or was stopped as a whole', {
    tags: 'long',
  }, async () => {
    const lines: string[] = [];
    await start({ count: 1, behaviour: 'busy', lines }).ready;
    const [busy = 0] = fixtures(process.pid);
    await sleep(2000);
    process.kill(busy, 'SIGSTOP');
    await sleep(4500);
    process.kill(busy, 'SIGCONT');
    await sleep(2500);
    expect(fixtures(process.pid)).toEqual([busy]);
    expect(lines).toEqual([]);
  });

  it('gives one that retires its successor before it is gone, and only one at a time', {
    tags: 'long',
  }, async () => {
    const lines: string[] = [];
    await start({ count: 3, behaviour: 'retiring', lines }).ready;
    const first = fixtures(process.pid);
    for (const pid of first) process.kill(pid, 'SIGUSR2');
    let most = 0;
    await eventually(() => {
      const now = fixtures(process.pid);
      most = Math.max(most, now.length);
      expect(now.filter((pid) => first.includes(pid))).toEqual([]);
      expect(now).toHaveLength(3);
    });
    expect(most).toBe(4);
    expect(lines.filter((line) => line.includes('(code 75) and is restarting'))).toHaveLength(2);
    expect(lines.filter((line) => line.includes('is being replaced'))).toHaveLength(3);
  });

  it('leaves nothing behind when the supervisor itself is killed', async () => {
    const entry = join(import.meta.dirname, '../testing/supervisor-fixture.ts');
    const supervisor = spawn(process.execPath, ['--import', 'tsx', entry], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(supervisor.stdout, 'data');
    const left = fixtures(supervisor.pid ?? 0);
    expect(left).toHaveLength(3);
    supervisor.kill('SIGKILL');
    await eventually(() => expect(left.filter(isAlive)).toEqual([]));
  });
});

function start(how: { count: number; behaviour?: string; lines?: string[] }): Children {
  const env = { ...process.env, FIXTURE: how.behaviour ?? '', NODE_OPTIONS: '' };
  const kind = { name: 'fixture', entry: fixture, count: how.count, env };
  const note = (line: string) => void how.lines?.push(line);
  children = startChildren([kind], { line: (_kind, text) => note(text), event: note });
  children.ready.catch(() => undefined);
  return children;
}

/** The live fixtures of a parent, by process number. */
function fixtures(parent: number): number[] {
  return execFileSync('ps', ['-eo', 'pid=,ppid=,stat=,args='])
    .toString()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, ppid, stat]) => Number(ppid) === parent && !stat?.startsWith('Z'))
    .filter((words) => words.includes('ensemble-fixture') || words.includes(fixture))
    .map(([pid]) => Number(pid));
}

function isAlive(pid: number): boolean {
  const shown = execFileSync('ps', ['-eo', 'pid=,stat=']).toString();
  return shown.split('\n').some((line) => {
    const [found, stat] = line.trim().split(/\s+/);
    return Number(found) === pid && !stat?.startsWith('Z');
  });
}
