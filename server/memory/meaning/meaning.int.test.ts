import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '@/lib/memory/merge/leaf';
import type { SpaceRef } from '@/lib/memory/space';
import type { Actor } from '@/lib/people/schema';
import { none, openWorld } from '@/server/connections/testing/world';
import { EmbedderAway, noEmbedder } from '@/server/embeddings/embedder';
import { eventually } from '@/server/testing/eventually';
import { deleteEntry } from '../delete-entry';
import { putEntry } from '../put-entry';
import { searchMemory } from '../search-memory';
import { addMember, team } from '../testing/memory';
import { dropMeanings } from './meaning-store';
import { readMeanings } from './read-meanings';

type World = Awaited<ReturnType<typeof openWorld>>;
let world: World;
beforeAll(async () => {
  world = await openWorld({ ENSEMBLE_EMBEDDER: 'local' });
  // People wait for some seconds, a test for as long as a busy machine takes.
  const { embedder } = world.services;
  const embed = (texts: readonly string[], patienceMs: number) =>
    embedder.embed(texts, patienceMs * 15);
  Object.assign(world.services, { embedder: { ...embedder, embed } });
  await addMember(world.services.pool, world.ada, 'admin');
  await addMember(world.services.pool, world.stranger, 'admin');
});
afterAll(() => world?.close());

const put = (space: SpaceRef, path: string, value: Json, actor: Actor = world.ada) =>
  putEntry(world.services, actor, {
    ...{ params: { space, path }, query: {} },
    body: { value, strategy: 'last' },
  });
const search = (
  space: SpaceRef,
  q: string,
  more: Partial<Parameters<typeof searchMemory>[2]['body']> = {},
  actor: Actor = world.ada,
  services: Parameters<typeof searchMemory>[0] = world.services,
) =>
  searchMemory(services, actor, {
    ...none,
    body: { q, spaces: [`team:${space.name}`], limit: 20, by: 'both', ...more },
  });
const pathsOf = async (found: ReturnType<typeof search>) =>
  (await found).hits.map(({ path }) => path);
/** Until all is read, as the keeper of a worker does it. */
const readAll = async () => {
  let read = 0;
  for (let more = 1; more > 0; read += more) more = await readMeanings(world.services);
  return read;
};

const facts: [path: string, value: string][] = [
  ['policies/refunds', 'Customers get their money back within 14 days.'],
  ['office/hours', 'The building closes at six in the evening on Fridays.'],
  ['people/ana', 'Ana prefers tea over coffee.'],
  ['ops/freeze', 'Deploys are frozen in December.'],
  ['finance/approvals', 'Invoices above 5000 euros need two approvals.'],
];

test('finds what means the same in other words, and says how like it is', async () => {
  const space = team();
  for (const [path, value] of facts) await put(space, path, value);
  const before = await search(space, 'reimbursement of a purchase');
  expect(before).toEqual({ hits: [], meaning: { state: 'on', waiting: facts.length } });
  expect(await readAll()).toBeGreaterThanOrEqual(facts.length);
  expect(await readAll()).toBe(0);

  const asked: [q: string, path: string][] = [
    ['reimbursement of a purchase', 'policies/refunds'],
    ['what does Ana drink', 'people/ana'],
    ['opening times at the end of the week', 'office/hours'],
    ['big bills must be confirmed by several people', 'finance/approvals'],
  ];
  for (const [q, path] of asked) {
    const { hits, meaning } = await search(space, q, { by: 'meaning' });
    expect([q, hits[0]?.path]).toEqual([q, path]);
    expect(hits[0]?.why[0]).toMatchObject({ kind: 'meaning', words: [] });
    expect(hits[0]?.why[0]?.similarity).toBeGreaterThan(0.3);
    expect(meaning).toEqual({ state: 'on', waiting: 0 });
  }
  // Words alone know nothing of it; both find either.
  expect(await pathsOf(search(space, 'reimbursement', { by: 'words' }))).toEqual([]);
  const [first] = (await search(space, 'tea')).hits;
  expect(first?.path).toBe('people/ana');
  expect(first?.why.map(({ kind }) => kind)).toEqual(['words', 'meaning']);
  process.stdout.write(`${asked.length} of ${asked.length} questions in other words answered\n`);
});

test('an entry is found as it stands, by those who may read it, whatever was read of it before', async () => {
  const space = team();
  await put(space, 'drink', 'Ana likes tea.');
  await readAll();
  expect(await pathsOf(search(space, 'beverage', { by: 'meaning' }))).toEqual(['drink']);
  // Changed: what was read of the old version counts no more, what was read too late is not kept.
  await put(space, 'drink', 'The server room is in the cellar.');
  expect(await pathsOf(search(space, 'beverage', { by: 'meaning' }))).toEqual([]);
  const { services } = world;
  const slow = {
    ...services.embedder,
    embed: async (texts: readonly string[], patienceMs: number) => {
      const vectors = await services.embedder.embed(texts, patienceMs);
      await put(space, 'drink', 'Ana drinks water.');
      return vectors;
    },
  };
  expect(await readMeanings({ pool: services.pool, embedder: slow })).toBe(1);
  expect(await pathsOf(search(space, 'where computers stand', { by: 'meaning' }))).toEqual([]);
  expect(await readAll()).toBe(1);
  expect(await pathsOf(search(space, 'beverage', { by: 'meaning' }))).toEqual(['drink']);
  // A stranger of another workspace, and another person's own memory.
  expect(await pathsOf(search(space, 'beverage', { spaces: undefined }, world.stranger))).toEqual(
    [],
  );
  const own = { kind: 'person' as const, name: 'me' };
  await put(own, 'secret/drink', 'I like wine.');
  await readAll();
  const eve: Actor = { ...world.ada, userId: 'eve-of-meaning', name: 'Eve' };
  await addMember(services.pool, eve, 'admin');
  const ofEve = await pathsOf(search(space, 'a drink with alcohol', { spaces: undefined }, eve));
  expect(ofEve).not.toContain('secret/drink');
  const ofAda = await pathsOf(search(space, 'a drink with alcohol', { spaces: undefined }));
  expect(ofAda).toContain('secret/drink');
  await deleteEntry(services, world.ada, {
    ...{ params: { space, path: 'drink' }, query: {}, body: undefined },
  });
  expect(await pathsOf(search(space, 'beverage', { by: 'meaning' }))).toEqual([]);
  await dropMeanings(services.pool);
  const left = await services.prisma.memoryMeaning.count({ where: { path: 'drink' } });
  expect(left).toBe(0);
});

test('without a model, words still find what they find, and it is said', async () => {
  const space = team();
  await put(space, 'drink', 'Ana likes tea.');
  const { pool } = world.services;
  const away = {
    ...world.services.embedder,
    embed: () => Promise.reject(new EmbedderAway('Busy.')),
  };
  const found = await search(space, 'tea', {}, world.ada, { pool, embedder: away });
  expect(found.hits.map(({ path }) => path)).toEqual(['drink']);
  expect(found.meaning).toEqual({ state: 'away', waiting: 1 });
  const off = await search(space, 'tea', {}, world.ada, { pool, embedder: noEmbedder });
  expect(off.hits).toHaveLength(1);
  expect(off.meaning.state).toBe('off');
});

test('texts that nothing can be made of stop nobody, and one process reads at a time', async () => {
  const space = team();
  const odd: Json[] = [
    '',
    ' ',
    '😀'.repeat(400),
    'ж'.repeat(900),
    null,
    0,
    [],
    {},
    '\u0000x',
    'a b',
  ];
  const there = odd.filter((value) => value !== '\u0000x');
  for (const [at, value] of there.entries()) await put(space, `odd/${at}`, value);
  const embedder = {
    ...world.services.embedder,
    // A model that says nothing of every third text.
    embed: async (texts: readonly string[], patienceMs: number) =>
      (await world.services.embedder.embed(texts, patienceMs)).map((vector, at) =>
        at % 3 === 0 ? new Float32Array(512).fill(Number.NaN) : vector,
      ),
  };
  const { pool } = world.services;
  const reads = await Promise.all([1, 2, 3].map(() => readMeanings({ pool, embedder })));
  await eventually(async () => {
    await readMeanings({ pool, embedder });
    const waiting = await world.services.prisma.memoryEntry.count({
      where: { embedded: false, deleted: false },
    });
    expect(waiting).toBe(0);
  });
  expect(Math.max(...reads)).toBeGreaterThan(0);
  const { meaning } = await search(space, 'anything');
  expect(meaning).toEqual({ state: 'on', waiting: 0 });
});

test('a model whose process is killed is there again for the next question', async () => {
  const space = team();
  await put(space, 'drink', 'Ana likes tea.');
  await readAll();
  const rounds = 3;
  for (let round = 0; round < rounds; round += 1) {
    await world.services.embedder.embed(['warm'], 20_000);
    const asking = search(space, 'beverage', { by: 'meaning' });
    const [pid] = processesOfModel();
    expect(pid).toBeGreaterThan(0);
    process.kill(pid ?? 0, 'SIGKILL');
    const { hits, meaning } = await asking;
    // Answered before, or said that meaning was not looked through.
    expect(hits.length === 1 || meaning.state === 'away').toBe(true);
    await eventually(async () => {
      expect(await pathsOf(search(space, 'beverage', { by: 'meaning' }))).toEqual(['drink']);
    });
  }
  await world.services.embedder.close();
  await eventually(async () => expect(processesOfModel()).toEqual([]));
  process.stdout.write(`${rounds} processes killed in the middle of a question: 0 left, 0 wrong\n`);
});

/** Process ids of the models that this process has started. */
function processesOfModel(): number[] {
  return readdirSync('/proc').flatMap((name) => {
    try {
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8');
      const status = readFileSync(`/proc/${name}/status`, 'utf8');
      const mine = status.includes(`PPid:\t${process.pid}\n`) && !status.includes('State:\tZ');
      return mine && command.includes('embeddings/inside/main.ts') ? [Number(name)] : [];
    } catch {
      return [];
    }
  });
}
