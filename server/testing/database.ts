import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { type Config, loadConfig, withSecrets } from '@/server/config';
import { administer } from './administer';
import { scratchFolder } from './scratch';

/** A new database for one test file, migrated to the last step, gone with the test run. Returns its URL. */
export function testDatabase(): Promise<string> {
  return copyOf('template_migrated');
}

/** A new database with nothing in it. */
export function emptyDatabase(): Promise<string> {
  return copyOf('template0');
}

/**
 * A configuration for tests in one process: its own migrated database, a data directory of its own, short leases,
 * a silent log. `env` adds to it or overrides it, by the names of the environment.
 */
export async function testConfig(env: Readonly<Record<string, string>> = {}): Promise<Config> {
  return withSecrets(loadConfig(await testEnvironment(env)));
}

/** The same as {@link testConfig}, as the environment for a child process. */
export async function testEnvironment(
  env: Readonly<Record<string, string>> = {},
): Promise<Record<string, string>> {
  return {
    DATABASE_URL: env.DATABASE_URL ?? (await testDatabase()),
    ENSEMBLE_DATA_DIR: scratchFolder('test'),
    ENSEMBLE_LEASE_MS: '2000',
    ENSEMBLE_SWEEP_MS: '500',
    // It takes a second and 230 MB: tests of meaning ask for it.
    ENSEMBLE_EMBEDDER: 'off',
    ENSEMBLE_LOG: 'silent',
    ...env,
  };
}

/** The Redis that all integration tests share. A test that kills or wipes one starts its own: `startRedis`. */
export function sharedRedisUrl(): string {
  return inject('redisUrl');
}

async function copyOf(template: string): Promise<string> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const url = inject('postgresUrl');
  await administer(url, `create database ${name} template ${template}`);
  return url.replace(/[^/]+$/, name);
}
