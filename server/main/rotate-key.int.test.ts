import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Pool } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ProviderId, providerIds } from '@/lib/models/schema';
import { type Config, loadConfig, withSecrets } from '@/server/config';
import { openSecret as openConnectionSecret, sealSecret } from '@/server/connections/secret';
import { findSealed } from '@/server/connections/store';
import { createPool } from '@/server/db/pool';
import { createPrisma, type Prisma } from '@/server/db/prisma';
import { answerOnce } from '@/server/idempotency/answer-once';
import { createLog } from '@/server/log';
import { findKeys } from '@/server/models/keys/keys';
import { columnsOf, countOthers } from '@/server/models/keys/rotate';
import { createVault, type Vault } from '@/server/models/keys/vault';
import { findSealKey } from '@/server/runs/blobs/seal-key';
import { eventually, makeWorkspace } from '@/server/runs/testing/harness';
import { testEnvironment } from '@/server/testing/database';
import { killProcess } from '@/server/testing/kill-process';
import { findHook } from '@/server/triggers/hooks/hook-store';
import { makeSecret, openSecret } from '@/server/triggers/secrets';
import { sealedPlaces } from './sealed-columns';

const [first, second] = [randomBytes(32), randomBytes(32)];
const [keys, hooks, answers, connections] = [120, 130, 250, 110] as const;
/** Bytes that are no secrets: documents of Yjs, and files. */
const notSealed = [
  'draft.state',
  'draft_update.data',
  'file.data',
  'memory_meaning.vector',
  'suggestion.update',
  'upload_chunk.data',
];
const values = keys + 2 * hooks + answers + connections + 1;

let env: Record<string, string>;
let pool: Pool;
let prisma: Prisma;
let vault: Vault;
let sealKey: Buffer;
const secrets: { workspaceId: string; provider: ProviderId; key: string }[] = [];
const webhooks: { id: string; texts: string[] }[] = [];
const credentials: { id: string; workspaceId: string; secret: string }[] = [];

const settingsOf = (masterKey: Buffer, previous?: Buffer): Config =>
  withSecrets(
    loadConfig({
      ...env,
      ENSEMBLE_MASTER_KEY: masterKey.toString('base64'),
      ENSEMBLE_PREVIOUS_MASTER_KEY: previous?.toString('base64'),
    }),
  );
const sealKeyFor = async (config: Config) =>
  findSealKey({ pool, vault: await createVault(config), config, log: createLog(config, 'test') });
const keyed = (index: number) => ({ scope: `scope-${index % 7}`, key: `key-${index}`, hash: 'h' });

beforeAll(async () => {
  env = await testEnvironment();
  const config = settingsOf(first);
  pool = createPool(config, createLog(config, 'test'), {});
  prisma = createPrisma(config);
  vault = await createVault(config);
  sealKey = await sealKeyFor(config);
  while (secrets.length < keys) await addKeys(await makeWorkspace(pool));
  const workspaceId = secrets[0]?.workspaceId ?? '';
  const workflowId = randomUUID();
  await pool.query('insert into workflow (id, workspace_id, name) values ($1, $2, $3)', [
    ...[workflowId, workspaceId, 'Hooked'],
  ]);
  for (let index = 0; index < hooks; index += 1) await addWebhook(workspaceId, workflowId);
  for (let index = 0; index < connections; index += 1) await addConnection(workspaceId);
  for (let index = 0; index < answers; index += 1) {
    await answerOnce({ pool, vault }, keyed(index), async () => Response.json({ index }));
  }
});
afterAll(async () => {
  await prisma?.$disconnect();
  await pool?.end();
});

async function addKeys(workspaceId: string) {
  for (const provider of providerIds.slice(0, keys - secrets.length)) {
    const key = `sk-${randomUUID()}`;
    const sealed = vault.seal({ workspaceId, provider }, key);
    const baseUrl = 'http://models.example.test/v1';
    await prisma.providerKey.create({
      data: { ...sealed, workspaceId, provider, hint: '', baseUrl },
    });
    secrets.push({ workspaceId, provider, key });
  }
}

async function addWebhook(workspaceId: string, workflowId: string) {
  const id = randomUUID();
  const make = () => {
    const secret = makeSecret(vault, { workspaceId, id }, { kind: 'standard' }, undefined);
    if (secret?.made === undefined) throw new Error('no secret was made');
    return { ...secret, made: secret.made };
  };
  const [now, old] = [make(), make()];
  await prisma.trigger.create({
    data: {
      ...{ id, workspaceId, workflowId, kind: 'webhook', config: { answer: 'now' }, ...now.sealed },
      oldCiphertext: old.sealed.ciphertext,
      oldWrappedKey: old.sealed.wrappedKey,
      oldMasterKeyId: old.sealed.masterKeyId,
      oldUntil: new Date(Date.now() + 3_600_000),
    },
  });
  webhooks.push({ id, texts: [now.made, old.made] });
}

async function addConnection(workspaceId: string) {
  const [id, secret] = [randomUUID(), `token-${randomUUID()}`];
  const sealed = sealSecret(vault, { workspaceId, id }, secret);
  const config = { hosts: ['api.example.com'] };
  await prisma.connection.create({
    data: { ...sealed, id, workspaceId, name: id, kind: 'bearer', config },
  });
  credentials.push({ id, workspaceId, secret });
}

/** Reads every value as the product does, with these keys; throws when one does not open. Returns how many. */
async function readAll(config: Config): Promise<number> {
  const reading = await createVault(config);
  let read = 0;
  for (const { workspaceId, provider, key } of secrets) {
    const [found] = await findKeys(prisma, reading, workspaceId, provider);
    expect(found?.open()).toBe(key);
    read += 1;
  }
  for (const { id, texts } of webhooks) {
    const hook = await findHook(pool, id);
    expect(hook?.sealed.map((sealed) => openSecret(reading, hook, sealed))).toEqual(texts);
    read += texts.length;
  }
  for (const { id, workspaceId, secret } of credentials) {
    const row = await findSealed(pool, workspaceId, { id });
    expect(row && openConnectionSecret(reading, row, row)).toBe(secret);
    read += 1;
  }
  for (let index = 0; index < answers; index += 1) {
    const again = () => Promise.reject(new Error('It was answered before.'));
    const answer = await answerOnce({ pool, vault: reading }, keyed(index), again);
    expect(await answer.json()).toEqual({ index });
    read += 1;
  }
  expect((await sealKeyFor(config)).equals(sealKey)).toBe(true);
  return read + 1;
}

function startRotation(masterKey: Buffer, previous?: Buffer) {
  const args = ['--import', 'tsx', join(import.meta.dirname, 'rotate-key.ts')];
  const child = spawn(process.execPath, args, {
    env: {
      ...process.env,
      ...env,
      ENSEMBLE_MASTER_KEY: masterKey.toString('base64'),
      ENSEMBLE_PREVIOUS_MASTER_KEY: previous?.toString('base64') ?? '',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]).then(
    ([out, err]) => ({ out, err, code: child.exitCode }),
  );
  return { child, ended };
}

const others = async () => countOthers(pool, await createVault(settingsOf(second)), sealedPlaces);

test('a rotation without the old key, or with a wrong one, changes nothing', async () => {
  expect(await readAll(settingsOf(first))).toBe(values);
  const none = await startRotation(second).ended;
  expect(none).toMatchObject({ code: 1, out: '' });
  expect(none.err).toContain('ENSEMBLE_PREVIOUS_MASTER_KEY');
  const wrong = await startRotation(second, randomBytes(32)).ended;
  expect(wrong).toMatchObject({ code: 1, out: '' });
  expect(wrong.err).toContain(
    `Nothing was changed: neither the current nor the previous master key has encrypted ${keys} × key of a model provider, ${hooks} × secret of a webhook`,
  );
  expect(await readAll(settingsOf(first))).toBe(values);
  expect(await others()).toBe(values);
});

test('a killed rotation leaves all readable with both keys, and the next one needs the new key alone', async () => {
  const holder = await pool.connect();
  await holder.query('begin');
  await holder.query('select from request_key order by scope desc, key desc limit 1 for update');
  const killed = startRotation(second, first);
  await eventually('the rotation waits for the row that is held', async () => {
    const { rowCount } = await pool.query(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    return rowCount === 1;
  });
  killProcess(killed.child.pid);
  await killed.ended;
  await holder.query('rollback');
  holder.release();

  const halfway = await others();
  expect(halfway).toBeGreaterThan(0);
  expect(halfway).toBeLessThan(values);
  expect(await readAll(settingsOf(second, first))).toBe(values);

  const again = await startRotation(second, first).ended;
  expect(again).toMatchObject({ code: 0, err: '' });
  expect(again.out).toContain(`key of a model provider: 0 encrypted anew, ${keys} were already\n`);
  expect(again.out).toContain('Nothing needs the previous master key any more');
  expect(await others()).toBe(0);
  expect(await readAll(settingsOf(second))).toBe(values);
  process.stdout.write(
    `rotation: ${values} values, killed with ${halfway} to go, all open with the new key alone\n`,
  );
});

test('what is damaged is counted and left, and the rest goes on', async () => {
  const third = randomBytes(32);
  const [kept] = secrets;
  if (kept === undefined) throw new Error('There is no key.');
  const { workspaceId, provider } = kept;
  const where = { workspaceId_provider_name: { workspaceId, provider, name: '' } };
  const whole = await prisma.providerKey.findUniqueOrThrow({ where });
  await prisma.providerKey.update({ where, data: { wrappedKey: new Uint8Array(60) } });
  const { out, err, code } = await startRotation(third, second).ended;
  expect(code).toBe(1);
  expect(out).toContain(
    `key of a model provider: ${keys - 1} encrypted anew, 0 were already, 1 damaged and left as they were\n`,
  );
  expect(err).toMatch(/^1 values still need the previous master key/);
  await prisma.providerKey.update({ where, data: { wrappedKey: whole.wrappedKey } });
  expect((await startRotation(third, second).ended).code).toBe(0);
  expect(await readAll(settingsOf(third))).toBe(values);
});

test('every sealed column of the database has its place in a rotation', async () => {
  const { rows } = await pool.query<{ name: string; type: string }>(
    `select table_name || '.' || column_name as name, data_type as type from information_schema.columns
     where table_schema = 'public'`,
  );
  const known = sealedPlaces.flatMap((place) =>
    columnsOf(place).map((column) => `${place.table}.${column}`),
  );
  const looksSealed = /(wrapped|cipher|sealed|encrypted|master_key)/i;
  const found = rows.filter(
    ({ name, type }) => looksSealed.test(name.split('.')[1] ?? '') || type === 'bytea',
  );
  const missing = found.map(({ name }) => name).filter((name) => !known.includes(name));
  expect(missing.sort()).toEqual(notSealed);
  expect(known.filter((name) => !rows.some((row) => row.name === name))).toEqual([]);
});
