import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Config, loadConfig, withSecrets } from '@/server/config';
import { migrate } from '@/server/db/migrate';
import { startPostgres } from '@/server/embedded/postgres';
import { administer } from '@/server/testing/administer';

/** A Postgres of the benchmark's own, with the settings of the default start (fsync on), on this disk. */
export async function openStage(): Promise<{
  config: Config;
  url: string;
  /** The server's process. */
  pid(): number | undefined;
  /** Makes another, empty database in the same server. */
  makeDatabase(name: string): Promise<string>;
  close(): Promise<void>;
}> {
  const dataDir = mkdtempSync(join(tmpdir(), 'ensemble-bench-'));
  const postgres = await startPostgres({ dataDir, log: () => undefined });
  await migrate(postgres.url);
  const config = withSecrets(
    loadConfig({ DATABASE_URL: postgres.url, ENSEMBLE_DATA_DIR: dataDir, ENSEMBLE_LOG: 'warn' }),
  );
  return {
    config,
    url: postgres.url,
    pid: postgres.pid,
    async makeDatabase(name) {
      await administer(postgres.url, `create database ${name}`);
      return `${new URL(`/${name}`, postgres.url)}`;
    },
    async close() {
      await postgres.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
