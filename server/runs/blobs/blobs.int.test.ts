import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Actor } from '@/lib/people/schema';
import { type BlobRef, isBlobRef } from '@/lib/runs/blobs';
import { isEnded } from '@/lib/runs/engine/readiness';
import { compile } from '@/lib/workflows/compile';
import { definitionSchema } from '@/lib/workflows/schema';
import { createServices } from '@/server/compose';
import { forkRun } from '@/server/runs/debugging/fork-run';
import { readRunValue } from '@/server/runs/reading/read-value';
import { eventually, makeWorkspace } from '@/server/runs/testing/harness';
import { tidyRuns } from '@/server/runs/upkeep/janitor';
import { startWorker } from '@/server/runs/worker/worker';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';

let services: Services;
let workers: Awaited<ReturnType<typeof startWorker>>[] = [];
let actor: Actor;

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
  const workspaceId = await makeWorkspace(services.pool);
  actor = { userId: 'ana', name: 'Ana', email: 'ana@example.test', role: 'editor', workspaceId };
  workers = [await startWorker(services), await startWorker(services)];
});
afterAll(async () => {
  for (const worker of workers) await worker.drain();
  await services.close();
});

const node = (id: string, type: string, config: object, extra: object = {}) => ({
  id,
  key: id,
  type,
  name: id,
  position: { x: 0, y: 0 },
  config,
  ...extra,
});
const compute = (id: string, expression: string, extra: object = {}) =>
  node(id, 'transform', { expression }, extra);

/** Runs nodes one after the other, those with a group inside theirs. */
async function run(nodes: { id: string; group?: string }[], input: object) {
  const chain = nodes.filter(({ group }) => group === undefined);
  const definition = definitionSchema.parse({
    name: 'Large',
    nodes,
    edges: chain.slice(1).map(({ id }, i) => ({ id: `e${i}`, source: chain[i]?.id, target: id })),
  });
  const { id } = await services.engine.start({
    workspaceId: actor.workspaceId,
    name: definition.name,
    mode: 'live',
    trigger: 'manual',
    plan: compile(definition, catalogue),
    definitionHash: 'test',
    input,
  });
  return { id, state: await ended(id) };
}
const ended = (id: string) =>
  eventually('the run ends', async () => {
    const state = await services.engine.load(id);
    return state && isEnded(state.status) ? state : undefined;
  });

async function journalBytes(id: string) {
  const { rows } = await services.pool.query<{ bytes: number }>(
    `select sum(octet_length(e.data::text))::int as bytes from run_event e join run r on r.id = e.run_id
     where r.id = $1 or r.root_run_id = $1`,
    [id],
  );
  return rows[0]?.bytes ?? 0;
}
const text = (length: number) => 'a large text '.repeat(Math.ceil(length / 13)).slice(0, length);
const start = node('start', 'start', {
  inputs: [{ id: 'i1', name: 'body', type: 'text', required: true }],
});

test('a large output is kept once, beside the journal, and steps that name it see it whole', async () => {
  const body = text(3_000_000);
  const { id, state } = await run(
    [
      start,
      compute('pass', 'steps.start.output.body'),
      compute('count', 'size(steps.pass.output)'),
      compute('small', '"nothing large"'),
      compute('end', '{"count": steps.count.output, "all": steps["pa" + "ss"].output}'),
    ],
    { body },
  );
  expect(state.error).toBeUndefined();
  expect(state.steps.count?.output).toBe(3_000_000);
  const { all } = state.output as { all: BlobRef };
  expect(all.$blob).toMatchObject({ kind: 'text', characters: 3_000_002 });
  expect(await journalBytes(id)).toBeLessThan(20_000);
  const { rows } = await services.pool.query('select hash from run_blob where root_run_id = $1', [
    id,
  ]);
  expect(rows).toHaveLength(1);
  expect(await services.engine.blobs.reader(id)(state.output)).toEqual({
    count: 3_000_000,
    all: body,
  });
});

test('it is read by members of the workspace, through its run', async () => {
  const { id, state } = await run([start], { body: text(100_000) });
  const { body } = state.output as { body: BlobRef };
  const params = { id, hash: body.$blob.hash };
  const input = { params, query: {}, body: undefined };
  const answer = await readRunValue(services, actor, input);
  expect(await answer.json()).toBe(text(100_000));
  const stranger = { ...actor, workspaceId: await makeWorkspace(services.pool) };
  await expect(readRunValue(services, stranger, input)).rejects.toMatchObject({
    code: 'not_found',
  });
  const wrong = { ...input, params: { ...params, hash: '0'.repeat(64) } };
  await expect(readRunValue(services, actor, wrong)).rejects.toMatchObject({ code: 'not_found' });
});

test('lists of items, what items hold and what they give stay out of the journal', async () => {
  const items = Array.from({ length: 40 }, (_, index) => ({ index, text: text(3_000) }));
  items[7] = { index: 7, text: text(200_000) };
  const { id, state } = await run(
    [
      node('start', 'start', {
        inputs: [{ id: 'i1', name: 'items', type: 'json', required: true }],
      }),
      node('each', 'map', { items: 'steps.start.output.items', concurrency: 8 }),
      compute(
        'inner',
        '{"size": size(item.text), "text": item.text, "of": size(steps.start.output.items)}',
        {
          group: 'each',
        },
      ),
      compute('sum', 'steps.each.output.results.map(one, one.size).sum()'),
    ],
    { items },
  );
  expect(state.error).toBeUndefined();
  expect(state.steps.sum?.output).toBe(39 * 3_000 + 200_000);
  const each = state.steps.each?.output as { results: unknown } | undefined;
  expect(isBlobRef(each?.results)).toBe(true);
  // Small results stand in the journals of their own runs.
  expect(await journalBytes(id)).toBeLessThan(400_000);
});

test('what a round gave is whole in the next one, and in the condition', async () => {
  const { state } = await run(
    [
      node('again', 'loop', {
        mode: 'until',
        condition: 'size(last.text) >= 300000',
        start: `{"text": "${text(10_000)}"}`,
        most: 9,
      }),
      compute('longer', '{"text": last.text + last.text}', { group: 'again' }),
      compute('size', 'size(steps.again.output.last.text)'),
    ],
    {},
  );
  expect(state.error).toBeUndefined();
  expect(state.steps.size?.output).toBe(320_000);
});

test('a fork takes large values along, those inside others too, and they go with their runs', async () => {
  const body = text(70_000);
  const first = await run(
    [
      start,
      compute('list', 'range(200).map(i, {"i": i, "text": steps.start.output.body})'),
      compute('end', 'steps.list.output.map(one, size(one.text)).sum()'),
    ],
    { body },
  );
  expect(first.state.steps.end?.output).toBe(14_000_000);
  const fork = await forkRun(services, actor, {
    params: { id: first.id },
    query: {},
    body: { version: 'same', from: ['end'], settings: {} },
  } as never);
  const state = await ended(fork.id);
  expect(state.steps.list?.reusedFrom).toBe(first.id);
  const { pool } = services;
  await pool.query("update run set finished_at = now() - interval '2 days' where id = $1", [
    first.id,
  ]);
  await tidyRuns(pool, { foldDays: 1, keepDays: 1 });
  const left = await pool.query('select root_run_id from run_blob where root_run_id = any($1)', [
    [first.id, fork.id],
  ]);
  expect(left.rows.every((row) => row.root_run_id === fork.id)).toBe(true);
  expect(left.rows.length).toBeGreaterThanOrEqual(2);
  expect(await services.engine.blobs.reader(fork.id)(state.steps.list?.output)).toHaveLength(200);
  expect(state.steps.end?.output).toBe(14_000_000);
});

test('what looks like a reference and comes from outside is plain data, whatever it names', async () => {
  const body = text(100_000);
  const hash = createHash('sha256').update(JSON.stringify(body)).digest('hex');
  const forged = { $blob: { hash, characters: 100_002, kind: 'text', preview: '' } };
  const { state } = await run(
    [
      node('start', 'start', {
        inputs: [
          { id: 'i1', name: 'body', type: 'text', required: true },
          { id: 'i2', name: 'claims', type: 'json', required: true },
        ],
      }),
      compute('own', `{"$blob": {"hash": "${hash}", "characters": 9, "kind": "list", "count": 3}}`),
      compute('read', '[size(steps.start.output.claims), size(steps.own.output)]'),
    ],
    { body, claims: [forged] },
  );
  expect(state.error).toBeUndefined();
  // It is in this run under this hash, and is not taken for it.
  const { body: kept } = (state.steps.start?.output ?? {}) as { body?: unknown };
  expect(isBlobRef(kept)).toBe(true);
  expect(state.steps.start?.output).toMatchObject({ claims: [{ $$blob: forged.$blob }] });
  expect(state.steps.own?.output).toEqual({
    $$blob: { hash, characters: 9, kind: 'list', count: 3 },
  });
  expect(state.steps.read?.output).toEqual([1, 1]);
});

test('a value is charged as often as it stands there, also inside others, and memory stays bounded', async () => {
  const { id, state } = await run([start], { body: text(100_000) });
  const { body } = state.output as { body: BlobRef };
  const read = services.engine.blobs.reader(id, 250_000);
  expect(await read([body, body])).toEqual([text(100_000), text(100_000)]);
  await expect(read(body)).rejects.toMatchObject({ code: 'too_large' });
  const often = Array.from({ length: 1_000 }, () => body);
  await expect(services.engine.blobs.reader(id)(often)).rejects.toMatchObject({
    code: 'too_large',
  });
  // Each holds the one before it twice: 2^40 times the first.
  let inner = body;
  for (let level = 0; level < 40; level += 1) {
    const json = JSON.stringify([inner, inner]);
    const hash = createHash('sha256').update(json).digest('hex');
    await services.pool.query(
      'insert into run_blob (root_run_id, hash, data, holds) values ($1, $2, $3, $4)',
      [id, hash, json, [inner.$blob.hash]],
    );
    inner = { $blob: { hash, characters: json.length, kind: 'list', count: 2, preview: '' } };
  }
  const before = process.memoryUsage().heapUsed;
  await expect(services.engine.blobs.reader(id)(inner)).rejects.toMatchObject({
    code: 'too_large',
  });
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(64_000_000);
});
