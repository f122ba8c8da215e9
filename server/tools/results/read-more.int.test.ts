import { afterAll, beforeAll, expect, it } from 'vitest';
import { resultsIn } from '@/lib/models/message';
import { createServices } from '@/server/compose';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { Killed, killAt } from '../testing/kill-at';
import type { ModelRequest, Said } from '../testing/scripted';
import { openWorld } from '../testing/task-world';

let services: Services;
beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
});
afterAll(() => services.close());

const page = Array.from({ length: 9_000 }, (_, line) => `Line ${line}: 😀 and more.`).join('\n');
const fetchPage = {
  name: 'http_request',
  args: { method: 'GET', url: 'https://shop.example/log' },
};
const note = /\n\[Characters \d+ to (\d+) of (\d+)\.[^\]]*\]$/;
const lastResult = ({ messages }: ModelRequest): string =>
  messages.flatMap((message) => resultsIn(message)).at(-1)?.text ?? '';
const toolsOf = ({ tools = [] }: ModelRequest) => tools.map(({ name }) => name);

/** Reads on for as long as a result says that there is more. */
const readsOn = (request: ModelRequest): Said => {
  const result = lastResult(request);
  if (result === '') return [fetchPage];
  const next = /read_more: (\{[^}]+\})/.exec(result.slice(-300))?.[1];
  return next === undefined ? 'Read.' : [{ name: 'read_more', args: JSON.parse(next) }];
};
const begin = (more: object = {}) =>
  openWorld(services, {
    grants: [{ name: 'http_request', approval: 'never' }],
    turns: [],
    model: readsOn,
    answer: () => ({ text: page }),
    ...more,
  });

it('gives a long result part by part, all of it and nothing twice, and says so to nobody before', async () => {
  const world = await begin();
  expect(await world.attempt(1)).toMatchObject({ ok: true, output: { text: 'Read.' } });
  const { rows } = await services.pool.query<{ result: string; whole: string | null }>(
    'select result, whole from tool_call where run_id = $1 order by turn',
    [world.runId],
  );
  const [first, ...others] = rows;
  expect(first?.whole?.length).toBeGreaterThan(200_000);
  expect(rows.length).toBeGreaterThan(5);
  expect(others.every(({ whole }) => whole === null)).toBe(true);
  expect(rows.map(({ result }) => result.replace(note, '')).join('')).toBe(first?.whole);
  expect(first?.whole).toContain('Line 8999: 😀 and more.');
  const [opening, second] = world.requests.map(toolsOf);
  expect(opening).toEqual(['http_request']);
  expect(second).toEqual(['http_request', 'read_more']);
});

it('goes on to read where its process was killed', async () => {
  let killed = 0;
  for (let moment = 1; moment <= 60; moment += 7) {
    const world = await begin();
    const death = killAt(moment);
    const outcome = await Promise.race([world.attempt(1, death.gate), death.dead]).catch(
      (error: unknown) => {
        if (!(error instanceof Killed)) throw error;
        killed += 1;
      },
    );
    const end = outcome?.ok === true ? outcome : await world.attempt(2);
    expect(end).toMatchObject({ ok: true, output: { text: 'Read.' } });
  }
  process.stdout.write(`killed while reading on: ${killed} of 9, read to the end: 9\n`);
  expect(killed).toBeGreaterThan(0);
});

it('reads nothing but results of its own step', async () => {
  const world = await begin();
  await world.attempt(1);
  const asks = (args: object) => [{ name: 'read_more', args: { ...args } }];
  const tries: Said[] = [
    [fetchPage],
    asks({ result: '9.9' }),
    asks({ result: '1.0', from: 900_000 }),
    asks({ result: '2.0' }),
    asks({ result: '1.0; drop' }),
    'Done.',
  ];
  const other = await begin({ model: undefined, turns: tries, in: world });
  expect(await other.attempt(1)).toMatchObject({ ok: true });
  const { rows } = await services.pool.query<{ state: string; result: string }>(
    "select state, result from tool_call where run_id = $1 and tool = 'read_more' order by turn",
    [other.runId],
  );
  expect(rows.map(({ state }) => state)).toEqual(['failed', 'failed', 'done', 'failed']);
  expect(rows[0]?.result).toContain('No result "9.9" is kept: there is no such call.');
  expect(rows[1]?.result).toContain('there is nothing from 900000 on');
});

it('what was read from outside stays content from outside', async () => {
  const world = await begin();
  await world.attempt(1);
  const { rows } = await services.pool.query<{ tool: string; outside: boolean }>(
    'select distinct tool, outside from tool_call where run_id = $1 order by tool',
    [world.runId],
  );
  expect(rows).toEqual([
    { tool: 'http_request', outside: true },
    { tool: 'read_more', outside: true },
  ]);
});
