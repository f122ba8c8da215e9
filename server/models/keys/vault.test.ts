import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createVault, type Sealed, VaultError } from './vault';

const owner = { workspaceId: 'workspace-1', provider: 'openai' };
const secret = 'sk-test-ünïcode-0123456789';

test('opens what it sealed, and never shows it', async () => {
  const vault = await createVault({ masterKey: randomBytes(32) });
  const sealed = vault.seal(owner, secret);
  expect(vault.open(owner, sealed)).toBe(secret);
  expect(Buffer.from(sealed.ciphertext).toString('latin1')).not.toContain('sk-test');
});

test('seals the same secret differently each time', async () => {
  const vault = await createVault({ masterKey: randomBytes(32) });
  const [one, two] = [vault.seal(owner, secret), vault.seal(owner, secret)];
  expect(Buffer.from(one.ciphertext).equals(two.ciphertext)).toBe(false);
  expect(Buffer.from(one.wrappedKey).equals(two.wrappedKey)).toBe(false);
});

test('opens nothing for another workspace or provider', async () => {
  const vault = await createVault({ masterKey: randomBytes(32) });
  const sealed = vault.seal(owner, secret);
  expect(() => vault.open({ ...owner, workspaceId: 'workspace-2' }, sealed)).toThrow(VaultError);
  expect(() => vault.open({ ...owner, provider: 'google' }, sealed)).toThrow(VaultError);
});

test('notices every altered byte', async () => {
  const vault = await createVault({ masterKey: randomBytes(32) });
  const sealed = vault.seal(owner, secret);
  let tried = 0;
  for (const part of ['ciphertext', 'wrappedKey'] as const) {
    for (let index = 0; index < sealed[part].length; index += 1) {
      const bytes = new Uint8Array(sealed[part]);
      bytes[index] = (bytes[index] ?? 0) ^ 1;
      expect(() => vault.open(owner, { ...sealed, [part]: bytes } as Sealed)).toThrow(VaultError);
      tried += 1;
    }
    const cut = { ...sealed, [part]: sealed[part].slice(0, -1) } as Sealed;
    expect(() => vault.open(owner, cut)).toThrow(VaultError);
    expect(() => vault.open(owner, { ...sealed, [part]: new Uint8Array(3) } as Sealed)).toThrow(
      VaultError,
    );
  }
  expect(tried).toBeGreaterThan(100);
});

test('does not mix the parts of two secrets of one owner', async () => {
  const vault = await createVault({ masterKey: randomBytes(32) });
  const [one, two] = [vault.seal(owner, secret), vault.seal(owner, 'another')];
  expect(() => vault.open(owner, { ...one, wrappedKey: two.wrappedKey })).toThrow(VaultError);
});

test('another master key opens nothing, and says what to do', async () => {
  const vault = await createVault({ masterKey: randomBytes(32) });
  const other = await createVault({ masterKey: randomBytes(32) });
  const sealed = vault.seal(owner, secret);
  expect(() => other.open(owner, sealed)).toThrow(/ENSEMBLE_MASTER_KEY/);
  expect(() => other.open(owner, { ...sealed, masterKeyId: other.masterKeyId })).toThrow(
    VaultError,
  );
});

test('a rotation brings secrets under the new master key', async () => {
  const [old, next] = [randomBytes(32), randomBytes(32)];
  const sealed = (await createVault({ masterKey: old })).seal(owner, secret);
  const rotating = await createVault({ masterKey: next, previousMasterKey: old });
  expect(rotating.open(owner, sealed)).toBe(secret);
  const rewrapped = rotating.rewrap(owner, sealed);
  const after = await createVault({ masterKey: next });
  expect(after.open(owner, rewrapped)).toBe(secret);
  expect(() => after.open(owner, sealed)).toThrow(VaultError);
});
