import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';

/** The number by which Prisma's own tools lock, so that they and this wait for each other. */
const lockNumber = 72_707_369;

const historyTable = `
create table if not exists _prisma_migrations (
  id varchar(36) primary key not null,
  checksum varchar(64) not null,
  finished_at timestamptz,
  migration_name varchar(255) not null,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz not null default now(),
  applied_steps_count integer not null default 0
)`;

type Migration = Readonly<{ name: string; sql: string; checksum: string }>;
type Applied = Readonly<{ migration_name: string; checksum: string; finished_at: Date | null }>;

/**
 * Brings the database at `url` up to the last migration in `folder` and returns the names of those it applied.
 * Each one is committed whole, together with its line in the history that `prisma migrate deploy` keeps too.
 * Safe to call from several processes at once. Throws with one line when history and folder disagree.
 */
export async function migrate(url: string, folder = migrationsFolder): Promise<string[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  // A connection that breaks between two statements fails the next one; without a listener it would end the process.
  client.on('error', () => undefined);
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [lockNumber]);
    await client.query("set client_min_messages = 'warning'");
    await client.query(historyTable);
    const migrations = await readMigrations(folder);
    const history = await client.query<Applied>(
      'select migration_name, checksum, finished_at from _prisma_migrations where rolled_back_at is null order by started_at',
    );
    const pending = compare(migrations, history.rows);
    for (const migration of pending) await apply(client, migration);
    return pending.map(({ name }) => name);
  } finally {
    await client.end().catch(() => undefined);
  }
}

export const migrationsFolder = join(import.meta.dirname, '../../prisma/migrations');

/** The migrations of a folder in their order. */
async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

function compare(migrations: readonly Migration[], history: readonly Applied[]): Migration[] {
  const byName = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const applied of history) {
    const name = applied.migration_name;
    const known = byName.get(name);
    if (known === undefined) {
      throw new Error(
        `The database has the migration ${name}, which this version does not know: it was used by a newer one. Start that one, or use another database.`,
      );
    }
    if (applied.finished_at === null) {
      throw new Error(
        `The migration ${name} was begun by another tool and has failed. Repair it with \`prisma migrate resolve\`.`,
      );
    }
    if (applied.checksum !== known.checksum) {
      throw new Error(
        `The migration ${name} was changed after the database had it. Bring its file back, and write a new migration instead.`,
      );
    }
    byName.delete(name);
  }
  return [...byName.values()];
}

async function apply(client: Client, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query('begin');
    await client.query(sql);
    await client.query(
      'insert into _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count) values ($1, $2, $3, clock_timestamp(), 1)',
      [randomUUID(), checksum, name],
    );
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The migration ${name} failed and was undone: ${reason}.`, { cause: error });
  }
}
