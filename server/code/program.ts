import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { CodeLibrary } from '@/lib/code/code-job';

/** How each library comes to `require`, as the text of a module. */
const libraries: Record<CodeLibrary, string> = {
  dayjs: `const dayjs = require('dayjs');
for (const plugin of [
  require('dayjs/plugin/customParseFormat'), require('dayjs/plugin/duration'),
  require('dayjs/plugin/isoWeek'), require('dayjs/plugin/relativeTime'), require('dayjs/plugin/utc'),
]) dayjs.extend(plugin);
module.exports = dayjs;`,
  lodash: `module.exports = require('lodash');`,
  yaml: `module.exports = require('yaml');`,
};

/**
 * The folder that a sandbox sees as `/sandbox`: what runs inside, bundled once for a version of the product and kept
 * below `home` under the hash of its content. Two processes that make it at once make the same.
 */
export async function sandboxProgram(home: string): Promise<string> {
  const files = await contents();
  const hash = createHash('sha256');
  for (const [name, content] of files) hash.update(name).update(content);
  const folder = join(home, 'sandbox', hash.digest('hex').slice(0, 16));
  if (existsSync(folder)) return folder;
  const making = `${folder}.${randomBytes(4).toString('hex')}`;
  mkdirSync(making, { recursive: true });
  for (const [name, content] of files) writeFileSync(join(making, name), content);
  try {
    renameSync(making, folder);
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

async function contents(): Promise<[name: string, content: string | Buffer][]> {
  const [main, probe, ...texts] = await Promise.all([
    bundled({ entryPoints: [here('./inside/main.ts')] }, 'esm'),
    bundled({ entryPoints: [here('./inside/probe.ts')] }, 'esm'),
    ...Object.values(libraries).map((text) =>
      bundled({ stdin: { contents: text, resolveDir: here('.') } }, 'cjs'),
    ),
  ]);
  const named = Object.keys(libraries).map((name, index): [string, string] => [
    name,
    `(function (module, exports) {${texts[index] ?? ''}\n})`,
  ]);
  const wasm = createRequire(import.meta.url).resolve('@jitl/quickjs-wasmfile-release-sync/wasm');
  return [
    ['main.mjs', main ?? ''],
    ['probe.mjs', probe ?? ''],
    ['libraries.json', JSON.stringify(Object.fromEntries(named))],
    ['quickjs.wasm', readFileSync(wasm)],
  ];
}

type Entry = { entryPoints: string[] } | { stdin: { contents: string; resolveDir: string } };

async function bundled(entry: Entry, format: 'esm' | 'cjs'): Promise<string> {
  const { outputFiles } = await build({
    ...entry,
    tsconfig: here('../../tsconfig.json'),
    bundle: true,
    write: false,
    minify: true,
    platform: format === 'esm' ? 'node' : 'neutral',
    mainFields: ['module', 'main'],
    format,
    target: 'es2022',
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
