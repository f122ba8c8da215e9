import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { workflowFromDescription as contract } from '@/lib/from-words/contract';
import { cases } from '@/lib/from-words/testing/cases';
import { openRoom, type Room } from '@/server/chat/testing/room';
import { shareServices } from '@/server/services';
import { makeFromDescription } from './make-from-description';

let room: Room;

beforeAll(async () => {
  room = await openRoom();
  shareServices(room.services);
});
afterAll(() => room.close());

const make = (body: object, key: string = randomUUID()) =>
  makeFromDescription(
    room.services,
    room.actor,
    {
      params: {},
      query: {},
      body: contract.body.parse({ useModel: false, create: false, ...body }),
    },
    new Request('http://localhost:3000', { headers: { 'idempotency-key': key } }),
  );
const letter = 'Summarise https://example.com/a in two sentences and write a letter about it';

it('gives three that differ, each checked, rehearsed without reading from outside, and costed', async () => {
  const made = await make({ description: letter, variants: true });
  expect(made.fewer).toEqual([]);
  expect(made.variants.map(({ kinds }) => kinds)).toEqual([['fast'], ['cheap'], ['best']]);
  const [fast, cheap, best] = made.variants;
  expect(best?.estimate.modelCalls).toBe((cheap?.estimate.modelCalls ?? 0) + 1);
  expect(best?.steps.find(({ id }) => id === 'second_look')).toMatchObject({
    does: 'Reads the answer again and mends it.',
  });
  expect(Number(best?.estimate.costUsd?.p95)).toBeGreaterThan(Number(cheap?.estimate.costUsd?.p95));
  for (const variant of [fast, cheap, best]) {
    expect(variant?.rehearsal).toMatchObject({
      status: 'succeeded',
      says: expect.stringContaining('was made up'),
    });
  }
  // What was made up for the rehearsal is not in what is chosen.
  expect(JSON.stringify(made.variants.map(({ definition }) => definition))).not.toContain('pinned');
});

it('leaves no rehearsal open, also where somebody would be asked', async () => {
  const description = 'Write a short note on a topic and ask me to approve it';
  const { variants } = await make({ description, variants: true });
  expect(variants[0]?.rehearsal.status).toBe('succeeded');
  const { rows } = await room.services.pool.query(
    "select status, mode from run where id = any($1) and status in ('running', 'waiting', 'queued')",
    [variants.map(({ rehearsal }) => rehearsal.runId)],
  );
  expect(rows).toEqual([]);
});

it('rehearses once under one key, whoever asks again or at the same time', async () => {
  const key = randomUUID();
  const both = await Promise.all([
    make({ description: letter, variants: true }, key),
    make({ description: letter, variants: true }, key),
  ]);
  const [one, two] = both.map(({ variants }) => variants.map(({ rehearsal }) => rehearsal));
  expect(two).toEqual(one);
  const { rows } = await room.services.pool.query(
    'select count(*)::int as runs from run where id = any($1)',
    [one?.map(({ runId }) => runId)],
  );
  expect(rows).toEqual([{ runs: 3 }]);
});

it('gives none where none are asked for', async () => {
  expect(await make({ description: letter })).toMatchObject({ variants: [], fewer: [] });
});

const few = 15;

/** Makes variants of each so-many-th description: the rules for all of them are proven without a run. */
async function rehearseEvery(every: number): Promise<void> {
  const failed: string[] = [];
  let rehearsed = 0;
  const some = cases.filter(({ template }, at) => at % every === 0 || (template && every < few));
  for (const { says } of some) {
    await room.services.pool.query('delete from rate_limit');
    const { variants } = await make({ description: says, variants: true });
    for (const { kinds, rehearsal } of variants) {
      rehearsed += 1;
      if (rehearsal.status !== 'succeeded') failed.push(`${kinds[0]} ${says}: ${rehearsal.says}`);
    }
  }
  process.stdout.write(`variants rehearsed: ${rehearsed}, not to their end: ${failed.length}\n`);
  expect(rehearsed).toBeGreaterThan(0);
  expect(failed).toEqual([]);
}

it('rehearses what it makes of a few descriptions to its end', () => rehearseEvery(few));

it(
  'rehearses what it makes of many descriptions to its end',
  { tags: 'long', timeout: 120_000 },
  () => rehearseEvery(3),
);
