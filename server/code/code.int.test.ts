import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CodeEnd } from '@/lib/code/code-job';
import { at } from '@/lib/values/unknown';
import { type Code, createCode } from './code';
import { sandboxProgram } from './program';
import { killSandbox, spawnSandbox } from './sandbox-process';
import { escapes } from './testing/escapes';

const home = mkdtempSync(join(tmpdir(), 'ensemble-code-'));
/** `npm run proof` tries all ways out. */
const every = process.env.ENSEMBLE_ESCAPES === 'all' ? 1 : 3;
const silent = { info: () => undefined, warn: () => undefined };
let code: Code;
let on = false;

beforeAll(async () => {
  code = createCode({ home, log: silent });
  const state = await code.state();
  on = state.on;
  // Where this machine has no sandbox, that it stays off is all there is to test.
  if (!state.on) process.stdout.write(`not exercised: ${state.why}\n`);
});
afterAll(async () => {
  await code.close();
  rmSync(home, { recursive: true, force: true });
});

const run = (source: string, names: Record<string, unknown> = {}, limits = {}): Promise<CodeEnd> =>
  code.run({ source, names, timeoutMs: 5_000, memoryMb: 32, ...limits }, 'w');

test('says why it is off where a sandbox cannot be had, and runs nothing', async () => {
  if (on) return;
  const end = await run('return 1');
  expect(end).toMatchObject({ ok: false, fault: 'off' });
});

describe('where the sandbox can be had', () => {
  test('gives back what the code returns, as JSON has it', async ({ skip }) => {
    if (!on) skip();
    const cases: [source: string, value: unknown][] = [
      ['return input.rows.length', 2],
      ['return undefined', null],
      ['return 2n ** 64n', '18446744073709551616'],
      ['return new Date(0)', '1970-01-01T00:00:00.000Z'],
      [
        'return { m: new Map([["a", 1]]), s: new Set([1, 2]), n: NaN }',
        { m: [['a', 1]], s: [1, 2], n: null },
      ],
      ['return (await Promise.all([1, 2].map(async (n) => n * 2))).join()', '2,4'],
      ['return require("lodash").sumBy(input.rows, "n")', 3],
      [
        'return require("dayjs").utc("2026-01-31").add(1, "month").format("YYYY-MM-DD")',
        '2026-02-28',
      ],
      ['return require("yaml").parse("a: [1, 2]")', { a: [1, 2] }],
      ['return "äöü 😀 \\u2028"', 'äöü 😀 \u2028'],
    ];
    for (const [source, value] of cases) {
      const end = await run(source, { input: { rows: [{ n: 1 }, { n: 2 }] } });
      expect([source, end.ok ? end.value : end]).toEqual([source, value]);
    }
  });

  test('says what went wrong, and in which line', async ({ skip }) => {
    if (!on) skip();
    const cases: [source: string, fault: string, message: RegExp, line?: number][] = [
      ['const a = 1;\nconst b = ;', 'syntax', /unexpected token/, 2],
      ['}; return 1; {', 'syntax', /./],
      ['\n\nthrow new TypeError("no")', 'threw', /TypeError: no/, 3],
      ['throw "a text"', 'threw', /a text/],
      ['return null.x', 'threw', /null/, 1],
      ['x = 1', 'threw', /not defined/, 1],
      ['return require("fs")', 'threw', /no library "fs"/],
      ['const a = {}; a.a = a; return a', 'bad_result', /JSON/],
      ['return () => 1', 'bad_result', /function/],
      ['await new Promise(() => undefined)', 'never_ends', /never comes/],
      ['const f = () => f() + 1; return f()', 'threw', /too deep/],
    ];
    for (const [source, fault, message, line] of cases) {
      const end = await run(source);
      expect([source, end]).toEqual([source, expect.objectContaining({ ok: false, fault })]);
      if (end.ok) continue;
      expect([source, end.message]).toEqual([source, expect.stringMatching(message)]);
      if (line !== undefined) expect([source, end.line]).toEqual([source, line]);
    }
  });

  test('shows what was written to the console, within bounds', async ({ skip }) => {
    if (!on) skip();
    const end = await run(
      'console.log("a", { b: 1n }); console.warn("x".repeat(9000)); for (let i = 0; i < 999; i++) console.info(i)',
    );
    expect(end.console).toHaveLength(200);
    expect(end.console[0]).toEqual({ level: 'log', text: 'a {"b":"1"}' });
    expect(end.console[1]?.text).toHaveLength(2_000);
  });

  test('stops what takes too long, too much memory, or is too large', async ({ skip }) => {
    if (!on) skip();
    // What ends by itself has time enough on any machine; what never does is stopped soon.
    const timeOf = (faults: string[]) => (faults.includes('too_long') ? 300 : 20_000);
    const cases: [source: string, faults: string[]][] = [
      ['while (true) {}', ['too_long']],
      ['try { while (true) {} } catch {} while (true) {}', ['too_long']],
      [
        'const f = () => Promise.resolve().then(f); await f()',
        ['too_long', 'never_ends', 'out_of_memory'],
      ],
      ['/(a+)+$/.test("a".repeat(60) + "b")', ['too_long']],
      ['const a = []; while (true) a.push(new Array(1e5).fill(1))', ['out_of_memory', 'too_long']],
      ['let s = "x"; while (true) s += s', ['out_of_memory', 'threw', 'too_long']],
      ['new Uint8Array(2 ** 30)', ['out_of_memory', 'threw']],
      ['return "x".repeat(5_000_000)', ['too_large', 'out_of_memory']],
      [
        'JSON.stringify(Array(1e6).fill({ a: [1, 2, 3] })); while (true) {}',
        ['out_of_memory', 'too_long'],
      ],
    ];
    for (const [source, faults] of cases) {
      const limits = { timeoutMs: timeOf(faults), memoryMb: 16 };
      const end = await run(source, {}, limits);
      // A process may die of its memory before it can say so: that is told, too, and nothing else is hurt.
      if (!end.ok && end.fault === 'broken' && faults.includes('out_of_memory')) {
        expect(end.message).toContain('too much memory');
        continue;
      }
      expect([source, end.ok || faults.includes(end.fault) ? 'as it should' : end]).toEqual([
        source,
        'as it should',
      ]);
      expect([source, end.ok]).toEqual([source, false]);
    }
    // The next one finds everything as it was.
    expect(await run('return 1')).toMatchObject({ ok: true, value: 1 });
  });

  test('leaves nothing for the next job, nor for one of another workspace', async ({ skip }) => {
    if (!on) skip();
    await run('globalThis.kept = 1; Array.prototype.map = () => "mine"; JSON.parse = () => "mine"');
    const end = await code.run(
      {
        source: 'return [typeof kept, [1].map((n) => n + 1), input]',
        names: { input: { a: 1 } },
        timeoutMs: 5_000,
        memoryMb: 16,
      },
      'other',
    );
    expect(end).toMatchObject({ ok: true, value: ['undefined', [2], { a: 1 }] });
  });

  test('many at once each get their own answer, and an abort ends one', async ({ skip }) => {
    if (!on) skip();
    const stop = new AbortController();
    const aborted = code.run(
      { source: 'while (true) {}', names: {}, timeoutMs: 30_000, memoryMb: 16 },
      'w',
      stop.signal,
    );
    const many = Array.from({ length: 12 }, (_, n) => run('return input * 2', { input: n }));
    stop.abort();
    const ends = await Promise.all(many);
    expect(ends.map((end) => end.ok && end.value)).toEqual(many.map((_, n) => n * 2));
    expect(await aborted).toMatchObject({ ok: false, fault: 'broken' });
  });

  test('a process that was kept ready and died is no harm to the next job', async ({ skip }) => {
    if (!on) skip();
    expect(await run('return 1')).toMatchObject({ ok: true });
    const patience = { timeout: 20_000 };
    await expect.poll(() => sandboxes().length, patience).toBeGreaterThan(0);
    // One that is still starting has children that come after it was seen.
    await expect.poll(() => sandboxes().map(kill), patience).toEqual([]);
    expect(await run('return 2')).toMatchObject({ ok: true, value: 2 });
  });

  test('one that is killed while it starts leaves no process', async ({ skip }) => {
    if (!on) skip();
    const folder = await sandboxProgram(home);
    const before = sandboxes();
    const killed = 120;
    for (let n = 0; n < killed; n += 1) {
      const child = spawnSandbox(folder, ['/sandbox/main.mjs']);
      const ended = once(child, 'exit');
      // Anywhere from its first process to its last: they take about 20 ms.
      await setTimeout((n % 40) / 2);
      killSandbox(child);
      await ended;
    }
    const left = () => sandboxes().filter((pid) => !before.includes(pid));
    await expect.poll(left, { timeout: 20_000 }).toEqual([]);
    process.stdout.write(`${killed} sandboxes killed while they start: 0 left\n`);
  });

  test('nobody gets out', { timeout: 600_000 }, async ({ skip }) => {
    if (!on) skip();
    const out: unknown[] = [];
    const tried = escapes.filter((_, index) => index % every === 0);
    for (const { name, source } of tried) {
      const end = await run(`${source}`, { input: { secret: 'only mine' } }, { timeoutMs: 1_000 });
      // Each gives back true when it got what it must not have.
      if (end.ok && end.value === true) out.push(name);
      if (!end.ok && end.fault === 'broken') out.push([name, end.message]);
    }
    process.stdout.write(
      `${tried.length} of ${escapes.length} ways out tried, ${out.length} open\n`,
    );
    expect(out).toEqual([]);
    expect(escapes.length).toBeGreaterThanOrEqual(60);
  });
});

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (at(error, 'code') !== 'ESRCH') throw error;
  }
}

/** Process ids of the sandboxes of this test: their command lines name its folder. */
function sandboxes(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`${home}/sandbox`);
      } catch {
        return false;
      }
    })
    .map(Number);
}
