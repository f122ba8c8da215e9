import { type Config, config } from '@/server/config';
import { startPostgres } from '@/server/embedded/postgres';
import { lockDataDir } from './instance-lock';

/**
 * The frame of a command for who runs the server: gives it the settings with a database, which is that of
 * DATABASE_URL or, while Ensemble does not run, its own Postgres. An error is one line and the exit code 1.
 */
export async function withOperatorDatabase(
  work: (settings: Config & { databaseUrl: string }) => Promise<void>,
): Promise<void> {
  process.title = 'ensemble-operator';
  const endings: (() => Promise<void> | void)[] = [];
  try {
    const settings = config();
    if (settings.databaseUrl !== undefined) {
      await work({ ...settings, databaseUrl: settings.databaseUrl });
      return;
    }
    const { dataDir } = settings;
    endings.push(lockDataDir(dataDir));
    const own = await startPostgres({ dataDir, log: () => undefined, onLost: () => undefined });
    endings.push(own.stop);
    await work({ ...settings, databaseUrl: own.url });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  } finally {
    for (const end of endings.reverse()) await end();
  }
}
