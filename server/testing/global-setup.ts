import { rmSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { migrate } from '@/server/db/migrate';
import { startPostgres } from '@/server/embedded/postgres';
import { administer } from './administer';
import { startRedis } from './redis';
import { scratchFolder } from './scratch';

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
    redisUrl: string;
  }
}

/** One Postgres and one Redis for all integration tests; each test file takes its own copy of a migrated database. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = scratchFolder('int');
  const [postgres, redis] = await Promise.all([
    startPostgres({ dataDir, log: (line) => process.stderr.write(`${line}\n`) }),
    startRedis(),
  ]);
  await administer(postgres.url, 'create database template_migrated');
  await migrate(postgres.url.replace(/[^/]+$/, 'template_migrated'));
  project.provide('postgresUrl', postgres.url);
  project.provide('redisUrl', redis.url);
  return async () => {
    await Promise.all([postgres.stop(), redis.stop()]);
    rmSync(dataDir, { recursive: true, force: true });
  };
}
