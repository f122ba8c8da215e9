import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * The folder with the program that reads documents (`main.mjs` and a part for each library), bundled once for a version of
 * the product and kept below `home` under the hash of its content: the process that runs it may then read this folder and
 * nothing else.
 */
export async function documentProgram(home: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [here('./inside/main.ts')],
    tsconfig: here('../../tsconfig.json'),
    outdir: home,
    bundle: true,
    splitting: true,
    write: false,
    platform: 'node',
    mainFields: ['module', 'main'],
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    target: 'node22',
    // A CommonJS part of a library asks for Node's own modules.
    banner: {
      js: "import{createRequire as ensembleRequire}from'node:module';const require=ensembleRequire(import.meta.url);",
    },
    // Drawing a page is another program's business.
    external: ['@napi-rs/canvas'],
    logLevel: 'silent',
  });
  const hash = createHash('sha256');
  for (const { hash: part } of outputFiles) hash.update(part);
  const folder = join(home, 'documents', hash.digest('hex').slice(0, 16));
  if (existsSync(folder)) return folder;
  const making = `${folder}.${randomBytes(4).toString('hex')}`;
  mkdirSync(making, { recursive: true });
  for (const { path, contents } of outputFiles)
    writeFileSync(join(making, basename(path)), contents);
  try {
    renameSync(making, folder);
  } catch (error) {
    // Two processes that make it at once make the same.
    rmSync(making, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}
