import { afterAll, beforeAll, expect, test } from 'vitest';
import { sealSecret } from '@/server/connections/secret';
import { none, openWorld } from '@/server/connections/testing/world';
import { addWorkflow } from '@/server/realtime/testing/fixture';
import { updateTrigger } from './change-trigger';
import { createTrigger } from './create-trigger';
import { rotateSecret } from './rotate-secret';
import { requireTrigger } from './view';

let world: Awaited<ReturnType<typeof openWorld>>;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world?.close());

/** Holds a row while two ask for it, so that they get it in this order, having read it before. */
async function inTurn<One, Other>(
  table: 'trigger' | 'connection',
  id: string,
  one: () => Promise<One>,
  other: () => Promise<Other>,
) {
  const { pool } = world.services;
  const client = await pool.connect();
  const waiting = async (count: number) =>
    expect
      .poll(async () => {
        const { rows } = await pool.query<{ count: number }>(
          "select count(*)::int as count from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
        );
        return rows[0]?.count;
      })
      .toBe(count);
  try {
    await client.query('begin');
    await client.query(`select from ${table} where id = $1 for update`, [id]);
    const first = one();
    await waiting(1);
    const second = other();
    await waiting(2);
    await client.query('commit');
    return await Promise.allSettled([first, second]);
  } finally {
    client.release();
  }
}

async function aTrigger(kind: string, config: object): Promise<string> {
  const { services, ada } = world;
  await services.pool.query(
    `insert into "user" (id, name, email, "emailVerified", "createdAt", "updatedAt")
     values ($1, 'Ada', 'ada-at-once@example.com', true, now(), now()) on conflict do nothing`,
    [ada.userId],
  );
  const workflow = (await addWorkflow(services, ada.workspaceId)) ?? '';
  const input = { ...none, params: { id: workflow } };
  const body = { kind, name: 'T', enabled: true, config };
  const { trigger } = await createTrigger(services, ada, { ...input, body } as never);
  return trigger.id;
}
const save = (id: string, config: object) =>
  updateTrigger(world.services, world.ada, { ...none, params: { id }, body: { config } } as never);
const rotate = (id: string, body: object) =>
  rotateSecret(world.services, world.ada, { ...none, params: { id }, body } as never);
const configOf = async (id: string) =>
  (await requireTrigger(world.services, world.ada, id)).config as Record<string, unknown>;

test('a chat that is closed to strangers stays closed while its link is made anew', async () => {
  const id = await aTrigger('chat', { link: 'anyone' });
  const config = await configOf(id);
  await inTurn(
    'trigger',
    id,
    () => save(id, { ...config, link: 'members' }),
    () => rotate(id, {}),
  );
  expect((await configOf(id)).link).toBe('members');
});

test('a webhook that verifies another way by now is not set back by a save of its settings', async () => {
  const id = await aTrigger('webhook', { answer: 'now', auth: { kind: 'none' } });
  const stale = await configOf(id);
  const [rotated, saved] = await inTurn(
    'trigger',
    id,
    () => rotate(id, { auth: { kind: 'github' }, secret: 'a-secret-of-github-0123456789' }),
    () => save(id, { ...stale, answer: 'output' }),
  );
  expect(rotated.status).toBe('fulfilled');
  expect(saved).toMatchObject({ status: 'rejected', reason: { code: 'conflict' } });
  expect((await configOf(id)).auth).toMatchObject({ kind: 'github' });
});

test('a secret that is entered while the connection moves is not led to the new host', async () => {
  const { services, ada } = world;
  const config = {
    host: 'smtp.good.example',
    port: 587,
    security: 'starttls',
    from: 'a@good.example',
  };
  const given = { name: 'mail', kind: 'smtp', secret: '', config };
  const allowed = { allowedWorkflowIds: null, allowedUserIds: null };
  const { id } = await world.create(ada, { ...given, ...allowed } as never);
  const place = { workspaceId: ada.workspaceId, id };
  const sealed = sealSecret(services.vault, place, 'the-password-that-somebody-else-entered');
  const [, moved] = await inTurn(
    'connection',
    id,
    () =>
      services.pool.query(
        'update connection set ciphertext = $2, wrapped_key = $3, master_key_id = $4 where id = $1',
        [id, Buffer.from(sealed.ciphertext), Buffer.from(sealed.wrappedKey), sealed.masterKeyId],
      ),
    () => world.patch(ada, id, { config: { ...config, host: 'smtp.evil.example' } } as never),
  );
  expect(moved).toMatchObject({ status: 'rejected', reason: { code: 'invalid_input' } });
});
