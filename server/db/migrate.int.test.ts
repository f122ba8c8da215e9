import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { emptyDatabase, testDatabase } from '@/server/testing/database';
import { scratchFolder } from '@/server/testing/scratch';
import { migrate, migrationsFolder } from './migrate';
import { openEngine, schemaChange } from './schema-change';

const scratch = scratchFolder('migrate');
afterAll(() => rmSync(scratch, { recursive: true }));

describe('migrate', () => {
  it('gives exactly what prisma/schema describes', async () => {
    expect(await schemaChange(await testDatabase())).toBe('');
  });

  it('does nothing the second time', async () => {
    const url = await emptyDatabase();
    expect(await migrate(url)).not.toEqual([]);
    expect(await migrate(url)).toEqual([]);
  });

  it('applies each migration once when several processes begin together', async () => {
    const url = await emptyDatabase();
    const applied = await Promise.all([migrate(url), migrate(url), migrate(url)]);
    expect(applied.flat()).toEqual([...new Set(applied.flat())]);
    expect(await migrate(url)).toEqual([]);
  });

  it('undoes a migration that fails in the middle, and can go on once it is repaired', async () => {
    const url = await emptyDatabase();
    const folder = migrations({ '1_good': 'create table a (id int)' });
    await migrate(url, folder);
    write(folder, '2_bad', 'create table b (id int); select 1 / 0;');
    await expect(migrate(url, folder)).rejects.toThrow(/2_bad failed and was undone/);
    write(folder, '2_bad', 'create table b (id int)');
    expect(await migrate(url, folder)).toEqual(['2_bad']);
  });

  it('refuses a migration that was changed after it was applied', async () => {
    const url = await emptyDatabase();
    const folder = migrations({ '1_first': 'create table a (id int)' });
    await migrate(url, folder);
    write(folder, '1_first', 'create table a (id bigint)');
    await expect(migrate(url, folder)).rejects.toThrow(/1_first was changed/);
  });

  it('refuses a database that a newer version has used', async () => {
    const url = await emptyDatabase();
    const folder = migrations({ '1_now': 'select 1', '2_later': 'select 1' });
    await migrate(url, folder);
    rmSync(join(folder, '2_later'), { recursive: true });
    await expect(migrate(url, folder)).rejects.toThrow(/2_later, which this version does not know/);
  });

  it('writes a history that Prisma takes for its own', async () => {
    const url = await emptyDatabase();
    await migrate(url);
    const names = await readdir(migrationsFolder);
    const engine = await openEngine(url);
    const said = await engine.diagnoseMigrationHistory({
      migrationsList: {
        baseDir: migrationsFolder,
        lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"' },
        shadowDbInitScript: '',
        migrationDirectories: names
          .filter((name) => !name.endsWith('.toml'))
          .map((name) => ({ path: name, migrationFile: scriptOf(name) })),
      },
      optInToShadowDatabase: false,
      filters: { externalTables: [], externalEnums: [] },
    });
    engine.free();
    expect(said).toEqual({
      editedMigrationNames: [],
      failedMigrationNames: [],
      hasMigrationsTable: true,
      history: null,
    });
  });
});

function scriptOf(name: string) {
  const value = readFileSync(join(migrationsFolder, name, 'migration.sql'), 'utf8');
  return { path: 'migration.sql', content: { tag: 'ok' as const, value } };
}

function migrations(files: Readonly<Record<string, string>>): string {
  const folder = join(scratch, String(Math.random()));
  for (const [name, sql] of Object.entries(files)) write(folder, name, sql);
  return folder;
}

function write(folder: string, name: string, sql: string): void {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, 'migration.sql'), sql);
}
