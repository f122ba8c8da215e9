import { startPostgres } from '@/server/embedded/postgres';

/** A supervisor that has started Postgres on the folder it was given, and waits to be killed. */
await startPostgres({ dataDir: process.argv[2] ?? '', log: () => undefined });
process.stdout.write('ready\n');
setInterval(() => undefined, 60_000);
