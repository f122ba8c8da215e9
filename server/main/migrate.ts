import { config, databaseUrl } from '@/server/config';
import { migrate } from '@/server/db/migrate';
import { requireDatabase } from './preflight';

/** For deployments without the supervisor: brings the database up to date, then ends. Run it before the others. */
try {
  const url = databaseUrl(config());
  await requireDatabase(url);
  const applied = await migrate(url);
  process.stdout.write(
    applied.length === 0 ? 'The database is up to date.\n' : `Applied ${applied.join(', ')}.\n`,
  );
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
