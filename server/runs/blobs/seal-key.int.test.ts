import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeEach, expect, test } from 'vitest';
import type { Config } from '@/server/config';
import { createVault } from '@/server/models/keys/vault';
import { type Harness, makeWorkspace, openHarness } from '@/server/runs/testing/harness';
import { testConfig } from '@/server/testing/database';
import { findSealKey } from './seal-key';

let config: Config;
const harnesses: Harness[] = [];
let harness: Harness;
beforeEach(async () => {
  config = await testConfig();
  harness = await openHarness(config);
  harnesses.push(harness);
});
afterAll(() => Promise.all(harnesses.map((each) => each.close())));

async function find(changes: Partial<Config> = {}, warn = (_: object) => undefined) {
  const changed = { ...config, ...changes };
  const vault = await createVault(changed);
  return findSealKey({ pool: harness.pool, vault, config: changed, log: { warn } });
}

test('processes that start at once make one key, which is not the master key', async () => {
  const [first, ...others] = await Promise.all(Array.from({ length: 5 }, () => find()));
  expect(others.every((other) => first?.equals(other))).toBe(true);
  expect(first?.equals(config.masterKey)).toBe(false);
});

test('where there are runs already, the master key that sealed their references is kept', async () => {
  const workspaceId = await makeWorkspace(harness.pool);
  await harness.pool.query(
    `insert into run (id, workspace_id, name, mode, trigger, status, definition, definition_hash, input)
     values ($1, $2, 'Old', 'live', 'manual', 'succeeded', '{}', 'h', '{}')`,
    [randomUUID(), workspaceId],
  );
  const next = randomBytes(32);
  const changes = { masterKey: next, previousMasterKey: config.masterKey };
  expect((await find(changes)).equals(config.masterKey)).toBe(true);
  expect((await find({ masterKey: next })).equals(config.masterKey)).toBe(true);
});

test('a process without the right master key starts all the same, and says so', async () => {
  await find();
  const lines: object[] = [];
  const other = randomBytes(32);
  expect((await find({ masterKey: other }, (line) => void lines.push(line))).equals(other)).toBe(
    true,
  );
  expect(lines).toHaveLength(1);
});
