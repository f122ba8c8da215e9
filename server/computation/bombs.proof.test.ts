import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bombs } from '@/lib/expressions/testing/bombs';
import { startProduct } from '@/scripts/product.mjs';
import { files, rhythms, schemas, workflows } from './testing/other-bombs';

const email = 'ana@example.test';
const password = 'correct horse battery';
const memoryMb = 256;
const longestMs = 1_000;
const neighbourMs = 50;

type Answer = { status: number; body: Record<string, unknown>; text: string };
type Client = (method: string, path: string, body?: unknown, type?: string) => Promise<Answer>;
type End = { kind: string; name: string; ms: number; said: string; clear: boolean };

let product: Awaited<ReturnType<typeof startProduct>>;
let hostile: Client;
let calm: Client;

beforeAll(async () => {
  mkdirSync('test-results', { recursive: true });
  product = await startProduct('test-results/bombs.log', {
    ENSEMBLE_OWNER_EMAIL: email,
    ENSEMBLE_OWNER_PASSWORD: password,
  });
  const origin = product.url;
  const signed = await fetch(`${origin}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ email, password }),
  });
  const cookie = signed.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  const person = client({ cookie, origin });
  calm = client({
    authorization: `Bearer ${(await made(person, '/api-keys', { name: 'calm' })).key}`,
  });
  const { id } = await made(person, '/workspaces', { name: 'Hostile' });
  await person('POST', `/workspaces/${id}/switch`, {});
  hostile = client({
    authorization: `Bearer ${(await made(person, '/api-keys', { name: 'hostile' })).key}`,
  });
});
afterAll(() => product?.stop());

function client(headers: Record<string, string>): Client {
  return async (method, path, body, type = 'application/json') => {
    const response = await fetch(`${product.url}/api/v2${path}`, {
      method,
      headers: body === undefined ? headers : { ...headers, 'content-type': type },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    let parsed: Record<string, unknown> = {};
    try {
      parsed = JSON.parse(text) as Record<string, unknown>;
    } catch {
      // An answer that is no JSON has its text.
    }
    return { status: response.status, body: parsed, text };
  };
}

async function made(by: Client, path: string, body: unknown): Promise<Record<string, unknown>> {
  const answer = await by('POST', path, body);
  if (answer.status > 299)
    throw new Error(`${path}: ${answer.status} ${answer.text.slice(0, 300)}`);
  return answer.body;
}

const one = (type: string, config: object) => ({
  name: 'One',
  nodes: [{ id: 'x', type, name: 'X', config }],
});

/** A run of one step by a workspace, to its end; or the refusal before it. */
async function run(
  by: Client,
  type: string,
  config: object,
): Promise<{ ok: boolean; said: string }> {
  const created = await by('POST', '/workflows', one(type, config));
  if (created.status > 299) return refused(created);
  const published = await by('POST', `/workflows/${created.body.id}/publish`, {});
  if (published.status > 299) return refused(published);
  const started = await by('POST', `/workflows/${created.body.id}/runs`, { mode: 'rehearsal' });
  if (started.status > 299) return refused(started);
  return endOf(by, String(started.body.id));
}

function refused({ status, body, text }: Answer): { ok: boolean; said: string } {
  const { message } = (body.error ?? {}) as { message?: string };
  return {
    ok: status < 500 && Boolean(message),
    said: `${status} ${message ?? text.slice(0, 100)}`,
  };
}

async function endOf(by: Client, id: string): Promise<{ ok: boolean; said: string }> {
  for (let round = 0; round < 600; round += 1) {
    const { body, status } = await by('GET', `/runs/${id}`);
    if (status > 499) return { ok: false, said: `${status}` };
    if (body.finishedAt) {
      const { message, code } = (body.error ?? {}) as { message?: string; code?: string };
      const known = body.status === 'succeeded' || Boolean(message && code !== 'worker_lost');
      return { ok: known, said: message ?? String(body.status) };
    }
    await sleep(20);
  }
  return { ok: false, said: 'it does not end' };
}

/** Steps that the debugger holds, whose preview works out what it is given. */
async function held(type: string, config: object): Promise<string> {
  const { id } = await made(hostile, '/workflows', one(type, config));
  await made(hostile, `/workflows/${id}/publish`, {});
  const started = await made(hostile, `/workflows/${id}/runs`, {
    mode: 'rehearsal',
    debug: { breakpoints: { x: '' } },
  });
  for (let round = 0; round < 300; round += 1) {
    const { body } = await hostile('GET', `/runs/${started.id}`);
    if (body.status === 'waiting') break;
    await sleep(20);
  }
  return `/runs/${started.id}/steps/x/preview`;
}

type Attack = { kind: string; name: string; go(): Promise<{ ok: boolean; said: string }> };

async function attacks(): Promise<Attack[]> {
  const transform = await held('transform', { expression: '1' });
  const output = await held('output', { format: 'text', template: 'x' });
  const settings = (as: string, text: string) =>
    as === 'expression' ? { expression: text } : { format: 'text', template: text };
  const previews = bombs.map(({ kind, name, as, text }) => ({
    kind: `preview: ${kind}`,
    name,
    async go() {
      const path = as === 'expression' ? transform : output;
      const answer = await hostile('POST', path, { settings: settings(as, text) });
      return answer.status === 200
        ? { ok: true, said: answer.text.slice(0, 200) }
        : refused(answer);
    },
  }));
  const runs = bombs
    .filter((_, index) => index % 3 === 0)
    .map(({ kind, name, as, text }) => ({
      kind: `run: ${kind}`,
      name,
      go: () => run(hostile, as === 'expression' ? 'transform' : 'output', settings(as, text)),
    }));
  const other: Attack[] = [
    ...schemas.map(([name, schema]) => ({
      kind: 'schema',
      name,
      go: () => run(hostile, 'model', { prompt: 'Say it.', outputSchema: JSON.stringify(schema) }),
    })),
    ...files.map(([name, { type, text }]) => ({
      kind: 'file',
      name,
      async go() {
        const answer = await hostile('POST', '/workflows', text, `application/${type}`);
        return answer.status < 300 ? { ok: true, said: 'taken' } : refused(answer);
      },
    })),
    ...workflows.map(([name, definition]) => ({
      kind: 'workflow',
      name,
      async go() {
        const created = await hostile('POST', '/workflows', definition);
        if (created.status > 299) return refused(created);
        const reads = await Promise.all(
          [1, 2, 3].map(() => hostile('GET', `/workflows/${created.body.id}`)),
        );
        const ok = reads.every(({ status }) => status === 200);
        const problems = (reads[0]?.body.problems ?? []) as unknown[];
        return { ok: ok && problems.length <= 201, said: `${problems.length} problems` };
      },
    })),
    ...bombs.slice(0, 3).map(({ name, text }) => ({
      kind: 'items',
      name,
      go: () => run(hostile, 'map', { items: text }),
    })),
  ];
  const { id } = await made(hostile, '/workflows', one('transform', { expression: '1' }));
  await made(hostile, `/workflows/${id}/publish`, {});
  other.push(
    ...rhythms.map(([name, cron]) => ({
      kind: 'rhythm',
      name,
      async go() {
        const config = { cron, timeZone: 'Europe/Berlin' };
        const answer = await hostile('POST', `/workflows/${id}/triggers`, {
          kind: 'schedule',
          config,
        });
        return answer.status < 300 ? { ok: true, said: 'taken' } : refused(answer);
      },
    })),
    ...bombs.slice(0, 3).map(({ name, text }) => ({
      kind: 'breakpoint',
      name,
      async go() {
        const body = { mode: 'rehearsal', debug: { breakpoints: { x: text } } };
        const started = await hostile('POST', `/workflows/${id}/runs`, body);
        if (started.status > 299) return refused(started);
        for (let round = 0; round < 300; round += 1) {
          const { body: now } = await hostile('GET', `/runs/${started.body.id}`);
          if (now.status === 'waiting' || now.finishedAt)
            return { ok: true, said: String(now.status) };
          await sleep(20);
        }
        return { ok: false, said: 'it does not stop' };
      },
    })),
  );
  return [...previews, ...runs, ...other];
}

/** What a neighbour sees: how long small requests and small runs take, until it is told to stop. */
function neighbour() {
  const requests: number[] = [];
  const runs: number[] = [];
  let failed = 0;
  let over = false;
  const timed = async (into: number[], work: () => Promise<boolean>) => {
    const began = performance.now();
    if (!(await work().catch(() => false))) failed += 1;
    into.push(performance.now() - began);
  };
  const asking = (async () => {
    while (!over) {
      await timed(requests, async () => (await calm('GET', '/workspace')).status === 200);
      await sleep(15);
    }
  })();
  const running = (async () => {
    while (!over) {
      await timed(runs, async () => {
        const { ok, said } = await run(calm, 'transform', { expression: '[1, 2].map(i, i * 2)' });
        return ok && said === 'succeeded';
      });
      await sleep(100);
    }
  })();
  return async () => {
    over = true;
    await Promise.all([asking, running]);
    return { requests: spread(requests), runs: spread(runs), failed };
  };
}

/** Creates, reads, publishes and runs large workflows in which nothing is wrong. */
async function harmless(rounds: number): Promise<void> {
  const text = 'Nothing is wrong with this sentence. '.repeat(60);
  const config = { format: 'text', template: text };
  const nodes = Array.from({ length: 300 }, (_, index) => ({
    id: `n${index}`,
    type: 'output',
    name: `N${index}`,
    config,
  }));
  for (let round = 0; round < rounds; round += 1) {
    const { id } = await made(hostile, '/workflows', { name: 'Large', nodes });
    await hostile('GET', `/workflows/${id}`);
    await run(hostile, 'output', { format: 'text', template: text });
  }
}

function spread(times: number[]): { n: number; p50: number; p95: number; max: number } {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number) => Math.round(sorted[Math.floor(part * (sorted.length - 1))] ?? 0);
  return { n: sorted.length, p50: at(0.5), p95: at(0.95), max: at(1) };
}

/** Resident memory in MB of the product's processes, by their numbers. Linux only. */
function memory(): Map<number, number> {
  const found = new Map<number, number>();
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const status = readFileSync(`/proc/${entry}/status`, 'utf8');
      if (!new RegExp(`^PPid:\\s+${product.pid}$`, 'm').test(status)) continue;
      if (!/^Name:\s+(ensemble|node)/m.test(status)) continue;
      found.set(Number(entry), Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1_000);
    } catch {
      // It has just ended.
    }
  }
  return found;
}

const say = (line: string) => process.stdout.write(`${line}\n`);

test('a bomb of any kind ends soon and clearly, and nobody else notices', async () => {
  const alone = neighbour();
  await sleep(10_000);
  const before = await alone();
  const list = await attacks();
  // What the same routes take for harmless inputs is no bomb's doing.
  await Promise.all(Array.from({ length: 8 }, () => harmless(4)));
  const base = memory();
  const most = new Map(base);
  const watching = setInterval(() => {
    for (const [pid, mb] of memory()) most.set(pid, Math.max(mb, most.get(pid) ?? 0));
  }, 100);

  const beside = neighbour();
  const ends: End[] = [];
  // One at a time: how long each takes is its own; then all over again at once, where they wait for each other.
  for (const { kind, name, go } of list) {
    const began = performance.now();
    const { ok, said } = await go();
    ends.push({ kind, name, ms: performance.now() - began, said, clear: ok });
  }
  const open = [...list];
  const atOnce: End[] = [];
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let next = open.pop(); next; next = open.pop()) {
        const { ok, said } = await next.go();
        atOnce.push({ kind: next.kind, name: next.name, ms: 0, said, clear: ok });
      }
    }),
  );
  const meanwhile = await beside();
  clearInterval(watching);
  const after = memory();

  const unclear = [...ends, ...atOnce].filter(({ clear }) => !clear);
  const late = ends.filter(({ ms }) => ms > longestMs);
  const died = [...base.keys()].filter((pid) => !after.has(pid));
  const grown = Math.max(...[...most].map(([pid, mb]) => mb - (base.get(pid) ?? mb)));
  const line = (of: ReturnType<typeof spread>) =>
    `p50 ${of.p50} ms, p95 ${of.p95} ms, max ${of.max} ms of ${of.n}`;
  say('promise: a bomb of any kind ends in a clear answer, and nobody else notices');
  say(`trials: ${ends.length} inputs one by one, and ${atOnce.length} at eight at once`);
  say(
    `failures: ${unclear.length} without a clear end, ${died.length} processes died, ${meanwhile.failed} requests and runs of the neighbour failed`,
  );
  say(
    `time of a bomb: ${line(spread(ends.map(({ ms }) => ms)))}; ${late.length} took longer than ${longestMs} ms`,
  );
  say(
    `neighbour's requests: alone ${line(before.requests)}; meanwhile ${line(meanwhile.requests)}`,
  );
  say(`neighbour's runs: alone ${line(before.runs)}; meanwhile ${line(meanwhile.runs)}`);
  say(`memory: at most +${Math.round(grown)} MB in one process`);
  for (const { kind, name, said } of unclear.slice(0, 20))
    say(`  unclear: ${kind}, ${name}: ${said}`);
  for (const { kind, name, ms } of late.slice(0, 20))
    say(`  late: ${kind}, ${name}: ${Math.round(ms)} ms`);

  expect(list.length).toBeGreaterThanOrEqual(150);
  expect(unclear).toEqual([]);
  expect(died).toEqual([]);
  expect(meanwhile.failed).toBe(0);
  expect(grown).toBeLessThanOrEqual(memoryMb);
  // Of a machine that is busy with other things, times say nothing about the product.
  if (before.requests.p95 <= 10) {
    expect(meanwhile.requests.p95).toBeLessThan(neighbourMs);
    expect(late).toEqual([]);
  } else say('The machine was busy before: times are not judged.');
});
