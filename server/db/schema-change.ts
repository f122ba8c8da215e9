import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';
import type { QueryResult } from 'pg';

type EngineModule = typeof import('@prisma/schema-engine-wasm') & {
  __wbg_set_wasm: (exports: WebAssembly.Exports) => void;
};

const schemaFolder = join(import.meta.dirname, '../../prisma/schema');

/**
 * The SQL that turns the database at `url` into what `prisma/schema` describes; empty when they agree.
 * Prisma's own schema engine computes it, in its WebAssembly build, so that nothing is downloaded.
 */
export async function schemaChange(url: string): Promise<string> {
  const engine = await openEngine(url);
  try {
    const files = await readSchema();
    const result = await engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: schemaFolder },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    });
    return result.exitCode === 0 ? '' : `${(result.stdout ?? '').trim()}\n`;
  } finally {
    engine.free();
  }
}

async function readSchema(): Promise<{ path: string; content: string }[]> {
  const names = (await readdir(schemaFolder)).filter((name) => name.endsWith('.prisma')).sort();
  return Promise.all(
    names.map(async (name) => {
      const path = join(schemaFolder, name);
      return { path, content: await readFile(path, 'utf8') };
    }),
  );
}

/** Prisma's schema engine on the database at `url`; free it after use. */
export async function openEngine(url: string): Promise<SchemaEngine> {
  loaded ??= loadEngine();
  const { SchemaEngine: Engine } = await loaded;
  const adapter = new CatalogueAdapter({ connectionString: url }, { schema: 'public' });
  return Engine.new(
    { datamodels: (await readSchema()).map(({ path, content }) => [path, content]) },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(adapter),
  );
}

let loaded: Promise<EngineModule> | undefined;

/** The package is made for bundlers: under Node its parts have to be put together by hand, once per process. */
async function loadEngine(): Promise<EngineModule> {
  // Where the engine leaves its last words.
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: {
      set_message: (message: string) => process.stderr.write(`${message}\n`),
    },
  });
  const entry = createRequire(import.meta.url).resolve(
    '@prisma/schema-engine-wasm/schema_engine_bg',
  );
  const glue = (await import(entry)) as EngineModule;
  const { instance } = await WebAssembly.instantiate(
    await readFile(entry.replace(/\.js$/, '.wasm')),
    { './schema_engine_bg.js': glue as unknown as WebAssembly.ModuleImports },
  );
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return glue;
}

/**
 * Postgres's catalogue holds columns of its internal type "char", which Prisma's adapter refuses (7.10.0) and its
 * engine wants as characters. They pass the adapter as text and get their type back behind it.
 */
class CatalogueAdapter extends PrismaPg {
  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect();
    const pool = adapter.underlyingDriver();
    const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<QueryResult>;
    let characters = new Set<string>();
    Object.assign(pool, {
      query: async (...args: unknown[]) => {
        const result = await query(...args);
        const found = result.fields.filter((field) => field.dataTypeID === internalChar);
        for (const field of found) field.dataTypeID = text;
        characters = new Set(found.map((field) => field.name));
        return result;
      },
    });
    const queryRaw = adapter.queryRaw.bind(adapter);
    // The engine asks one thing after another, so `characters` belongs to this answer.
    adapter.queryRaw = async (asked) => {
      const result = await queryRaw(asked);
      const columnTypes = result.columnTypes.map((type, index) =>
        characters.has(result.columnNames[index] ?? '') ? ColumnTypeEnum.Character : type,
      );
      return { ...result, columnTypes };
    };
    return adapter;
  }
}

const internalChar = 18;
const text = 25;
