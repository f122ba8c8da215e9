import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, databaseUrl, loadConfig, withSecrets } from './config';

describe('loadConfig', () => {
  it('starts with nothing set', () => {
    const config = loadConfig({});
    expect(config).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      url: 'http://localhost:3000',
      webProcesses: 1,
      workerProcesses: 1,
      leaseMs: 10_000,
      egressAllow: [],
    });
    expect(config.databaseUrl).toBeUndefined();
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('runs two of each with Redis, unless told otherwise', () => {
    const REDIS_URL = 'redis://127.0.0.1:6379';
    expect(loadConfig({ REDIS_URL })).toMatchObject({ webProcesses: 2, workerProcesses: 2 });
    expect(loadConfig({ REDIS_URL, ENSEMBLE_WORKERS: '5' }).workerProcesses).toBe(5);
  });

  it('takes an empty variable for an absent one', () => {
    expect(loadConfig({ PORT: '', DATABASE_URL: ' ' })).toMatchObject({ port: 3000 });
  });

  it('reads hosts with and without a port', () => {
    expect(
      loadConfig({ ENSEMBLE_EGRESS_ALLOW: 'LocalHost:11434, 10.0.0.5,[::1]:80' }).egressAllow,
    ).toEqual([
      { host: 'localhost', port: 11434 },
      { host: '10.0.0.5', port: undefined },
      { host: '::1', port: 80 },
    ]);
  });

  it('reads a master key in hex and in base64', () => {
    const key = Buffer.alloc(32, 7);
    expect(loadConfig({ ENSEMBLE_MASTER_KEY: key.toString('hex') }).masterKey).toEqual(key);
    expect(loadConfig({ ENSEMBLE_MASTER_KEY: key.toString('base64') }).masterKey).toEqual(key);
  });

  it.each([
    [{ PORT: 'abc' }, 'PORT is "abc", but must be a whole number from 0 to 65535'],
    [{ PORT: '70000' }, 'PORT is "70000"'],
    [
      { DATABASE_URL: 'mysql://u:secret@h/d' },
      'DATABASE_URL must be an address such as postgres://',
    ],
    [{ REDIS_URL: 'localhost' }, 'REDIS_URL must be'],
    [{ ENSEMBLE_URL: 'ftp://x' }, 'ENSEMBLE_URL is "ftp://x"'],
    [{ ENSEMBLE_LOG: 'loud' }, 'ENSEMBLE_LOG is "loud", but must be one of'],
    [{ ENSEMBLE_MASTER_KEY: 'short' }, 'ENSEMBLE_MASTER_KEY must be 32 bytes'],
    [{ ENSEMBLE_EGRESS_ALLOW: 'a:99999' }, 'ENSEMBLE_EGRESS_ALLOW is'],
    [{ ENSEMBLE_OWNER_EMAIL: 'a@b.co' }, 'must be set together'],
    [
      { ENSEMBLE_OWNER_EMAIL: 'nobody', ENSEMBLE_OWNER_PASSWORD: 'long enough' },
      'ENSEMBLE_OWNER_EMAIL is "nobody"',
    ],
  ])('refuses %o with one line', (env, text) => {
    const message = refusal(env);
    expect(message).toContain(text);
    expect(message).not.toContain('\n');
    expect(message).not.toContain('secret');
  });

  it('names every wrong value at once', () => {
    expect(refusal({ PORT: 'x', ENSEMBLE_WORKERS: '-1' })).toMatch(/PORT .*; ENSEMBLE_WORKERS /);
  });
});

describe('withSecrets', () => {
  it('makes each secret once, for its owner alone', () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'ensemble-config-'));
    try {
      const first = withSecrets(loadConfig({ ENSEMBLE_DATA_DIR: dataDir }));
      const second = withSecrets(loadConfig({ ENSEMBLE_DATA_DIR: dataDir }));
      expect(first.masterKey).toHaveLength(32);
      expect(second.masterKey).toEqual(first.masterKey);
      expect(second.authSecret).toBe(first.authSecret);
      expect(statSync(join(dataDir, 'master-key')).mode & 0o777).toBe(0o600);
      expect(readFileSync(join(dataDir, 'auth-secret'), 'utf8').trim()).toBe(first.authSecret);
    } finally {
      rmSync(dataDir, { recursive: true });
    }
  });
});

describe('databaseUrl', () => {
  it('says what to do without a database', () => {
    expect(() => databaseUrl({ databaseUrl: undefined })).toThrow(ConfigError);
  });
});

function refusal(env: Record<string, string | undefined>): string {
  try {
    loadConfig(env);
  } catch (error) {
    if (ConfigError.isInstance(error)) return error.message;
  }
  throw new Error('the environment was not refused');
}
