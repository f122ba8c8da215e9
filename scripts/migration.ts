import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrate, migrationsFolder } from '@/server/db/migrate';
import { schemaChange } from '@/server/db/schema-change';
import { startPostgres } from '@/server/embedded/postgres';
import { scratchFolder } from '@/server/testing/scratch';

/** `npm run migration -- name`: writes what prisma/schema has and the migrations so far lack, as readable SQL. */
async function main(name: string | undefined): Promise<void> {
  if (name === undefined || !/^[a-z0-9]+([_-][a-z0-9]+)*$/.test(name)) {
    throw new Error('Name the change in a few words: npm run migration -- add_agent_notes');
  }
  const dataDir = scratchFolder('migration');
  const postgres = await startPostgres({ dataDir, log: console.error });
  try {
    mkdirSync(migrationsFolder, { recursive: true });
    await migrate(postgres.url);
    const sql = await schemaChange(postgres.url);
    if (sql === '') {
      console.log('The migrations already give what prisma/schema describes.');
      return;
    }
    const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
    const folder = join(migrationsFolder, `${stamp}_${name.replaceAll('-', '_')}`);
    mkdirSync(folder);
    writeFileSync(join(folder, 'migration.sql'), sql);
    writeFileSync(
      join(migrationsFolder, 'migration_lock.toml'),
      '# Read by Prisma: the kind of database that these migrations are for.\nprovider = "postgresql"\n',
    );
    console.log(
      `Wrote ${folder}/migration.sql. Read it: Prisma knows no triggers and moves no data.`,
    );
  } finally {
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

main(process.argv[2]).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
