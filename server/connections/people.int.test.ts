import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '@/lib/people/schema';
import type { Definition } from '@/lib/workflows/schema';
import { addMember } from '@/server/memory/testing/memory';
import { forkRun } from '@/server/runs/debugging/fork-run';
import { startRun } from '@/server/runs/starting/start-run';
import { ended } from '@/server/runs/testing/harness';
import { createTrigger } from '@/server/triggers/create-trigger';
import { addWorkflow } from '@/server/workflows/create-workflow';
import { publishWorkflow } from '@/server/workflows/publish-workflow';
import { problemsOf } from '@/server/workflows/view-workflow';
import { openWorld, request } from './testing/world';

let world: Awaited<ReturnType<typeof openWorld>>;
let bob: Actor;

beforeAll(async () => {
  world = await openWorld();
  bob = { ...world.ada, userId: `bob-${randomUUID()}`, name: 'bob', email: 'bob@example.com' };
  await addMember(world.services.pool, world.ada, 'admin');
  await addMember(world.services.pool, bob, 'editor');
  await world.create(
    world.ada,
    world.bearer('Ada’s own', 'a-secret-of-length', { allowedUserIds: [world.ada.userId] }),
  );
});
afterAll(() => world.close());

const at = (id: string) => ({ params: { id }, query: {} });
const aWorkflow = (path = '/'): Promise<string> =>
  addWorkflow(world.services, world.ada, aRequest(path));
const aRequest = (path: string): Definition =>
  request({ url: world.url(path), connection: 'Ada’s own' });

/** Starts a run as somebody, and says how its request ended: `sent`, or the code of its failure. */
async function run(actor: Actor, id: string, version: 'live' | 'draft'): Promise<[string, string]> {
  const before = world.seen.length;
  const body = { input: {}, mode: 'live' as const, version };
  const made = await startRun(world.services, actor, { ...at(id), body });
  return [made.id, await outcome(made.id, before)];
}

async function outcome(id: string, before: number): Promise<string> {
  const state = await ended(world.services, id);
  if (state.status === 'succeeded') return world.seen.length > before ? 'sent' : 'not sent';
  return state.steps.call?.error?.code ?? 'no error';
}

const publish = (actor: Actor, id: string) =>
  publishWorkflow(world.services, actor, { ...at(id), body: { note: '' } });
/** Tries a run again, as it was or at another address. */
const retry = async (actor: Actor, id: string, url?: string) => {
  const before = world.seen.length;
  const config = { url: url ?? '', connection: 'Ada’s own', expect: '200' };
  const settings: Record<string, typeof config> = url === undefined ? {} : { call: config };
  const body = { from: ['call'], settings, version: 'same' as const };
  const made = await forkRun(world.services, actor, { ...at(id), body });
  return outcome(made.id, before);
};

test('what one of the named people published uses it whoever starts it, and nothing else does', async () => {
  const id = await aWorkflow();
  expect((await run(world.ada, id, 'draft'))[1]).toBe('sent');
  expect((await run(bob, id, 'draft'))[1]).toBe('connection_forbidden');
  await expect(publish(bob, id)).rejects.toMatchObject({ code: 'has_problems' });

  await publish(world.ada, id);
  const [live, sent] = await run(bob, id, 'live');
  expect(sent).toBe('sent');
  // A draft that means the same as what is live is that version.
  expect((await run(bob, id, 'draft'))[1]).toBe('sent');
  // Tried again as it was, it is what Ada published; with other settings it is what Bob made of it.
  expect(await retry(bob, live)).toBe('sent');
  const elsewhere = world.url('/elsewhere');
  expect(await retry(bob, live, elsewhere)).toBe('connection_forbidden');
  expect(await retry(world.ada, live, elsewhere)).toBe('sent');
});

test('the problem is told to those whom it concerns, and does not stop what is live', async () => {
  const id = await aWorkflow();
  const mine = await problemsOf(world.services, world.ada, aRequest('/'), id);
  const his = await problemsOf(world.services, bob, aRequest('/'), id);
  expect(mine).toEqual([]);
  expect(his).toMatchObject([{ severity: 'warning', code: 'connection_people' }]);
});

test('a list changes at once, also for what is live, and names members only', async () => {
  const made = await world.create(
    world.ada,
    world.bearer('Shared', 'a-secret-of-length', { allowedUserIds: null }),
  );
  const definition = request({ url: world.url(), connection: 'Shared' });
  const id = await addWorkflow(world.services, world.ada, definition);
  await publish(bob, id);
  expect((await run(world.ada, id, 'live'))[1]).toBe('sent');
  const changed = await world.patch(world.ada, made.id, { allowedUserIds: [world.ada.userId] });
  expect(changed.allowedUserIds).toEqual([world.ada.userId]);
  expect((await run(world.ada, id, 'live'))[1]).toBe('connection_forbidden');
  await world.patch(world.ada, made.id, { allowedUserIds: [world.ada.userId, bob.userId] });
  expect((await run(world.ada, id, 'live'))[1]).toBe('sent');
  await expect(
    world.patch(world.ada, made.id, { allowedUserIds: [world.stranger.userId] }),
  ).rejects.toMatchObject({ code: 'invalid_input' });
});

test('a trigger that reads a mailbox is made by those who may use it', async () => {
  const id = await aWorkflow();
  const server = { host: '127.0.0.1', port: 993, security: 'tls', userName: 'ada' } as const;
  await world.create(world.ada, {
    ...{ name: 'Ada’s mail', kind: 'imap', config: server, secret: 'a-password' },
    ...{ allowedWorkflowIds: null, allowedUserIds: [world.ada.userId] },
  });
  const body = {
    ...{ kind: 'mail' as const, name: 'Mail', enabled: false },
    config: {
      ...{ connection: 'Ada’s mail', folder: 'INBOX', everyMinutes: 5 as const },
      ...{ from: '', subject: '', files: false },
      ...{ after: 'leave' as const, moveTo: '' },
    },
  };
  const create = (actor: Actor) => createTrigger(world.services, actor, { ...at(id), body });
  await expect(create(bob)).rejects.toMatchObject({ code: 'forbidden' });
  expect((await create(world.ada)).trigger.kind).toBe('mail');
});
