import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * Lists each folder of registered things, and those in it, into its committed, sorted `catalogue.ts`.
 * A registered thing is a file that default-exports what its `defineX` made, named after its `type`, `name` or `handle`.
 * `--check` writes nothing and fails when a catalogue is not what it would write.
 */
type Folder = { path: string; define: string; type: string; from: string; doc: string };

const root = fileURLToPath(new URL('..', import.meta.url));
const folders: Folder[] = [
  {
    path: 'lib/nodes',
    define: 'defineNode',
    type: 'NodeType',
    from: './node-type/define-node',
    doc: 'Every node type by its `type`.',
  },
  {
    path: 'lib/tools/builtin',
    define: 'defineTool',
    type: 'Tool',
    from: '../define-tool',
    doc: 'Every built-in tool, by its name with hyphens.',
  },
  {
    path: 'lib/agents/roles',
    define: 'defineRole',
    type: 'Role',
    from: '../define-role',
    doc: 'Every built-in agent role by its handle.',
  },
  {
    path: 'lib/workflows/merge',
    define: 'defineMerge',
    type: 'MergeStrategy',
    from: './define-merge',
    doc: 'Every way to merge a field that two people set at once, by its name.',
  },
  {
    path: 'lib/memory/strategies',
    define: 'defineStrategy',
    type: 'Strategy',
    from: './define-strategy',
    doc: 'Every way to treat a write to memory that met something else than expected, by its name.',
  },
  {
    path: 'lib/chat/commands',
    define: 'defineCommand',
    type: 'Command',
    from: './define-command',
    doc: 'Every command of a chat, by its name.',
  },
  {
    path: 'lib/services/ready',
    define: 'defineService',
    type: 'ReadyService',
    from: './define-service',
    doc: 'Every ready-made service by its name.',
  },
  {
    path: 'lib/templates',
    define: 'defineTemplate',
    type: 'Template',
    from: './define-template',
    doc: 'Every template by its name.',
  },
];

/** Paths within the folder, without their ending. */
function filesOf(folder: Folder): string[] {
  return readdirSync(join(root, folder.path), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .filter((file) =>
      readFileSync(join(root, folder.path, file), 'utf8').includes(
        `export default ${folder.define}(`,
      ),
    )
    .map((file) => file.slice(0, -'.ts'.length).replaceAll('\\', '/'))
    .sort((a, b) => (basename(a) < basename(b) ? -1 : 1));
}

async function checkNames(folder: Folder, paths: string[]): Promise<void> {
  for (const path of paths) {
    const name = basename(path);
    const file = pathToFileURL(join(root, folder.path, `${path}.ts`)).href;
    const { default: made } = (await import(file)) as { default: Record<string, unknown> };
    const own = made.type ?? made.handle ?? made.name;
    if (String(own).replaceAll('_', '-') !== name)
      throw new Error(
        `${folder.path}/${path}.ts registers "${String(own)}": name the file after it.`,
      );
  }
}

function catalogueOf(folder: Folder, paths: string[]): string {
  const variable = (name: string) =>
    `${name.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())}Entry`;
  const entry = (name: string) =>
    `  ${/^[a-z]\w*$/.test(name) ? name : `'${name}'`}: ${variable(name)},`;
  const imports = [
    { from: folder.from, line: `import type { ${folder.type} } from '${folder.from}';` },
    ...paths.map((path) => ({
      from: `./${path}`,
      line: `import ${variable(basename(path))} from './${path}';`,
    })),
  ].sort((a, b) => (a.from < b.from ? -1 : 1));
  return [
    '// Written by `npm run catalog`. Add a file beside this one instead of changing it.',
    ...imports.map((one) => one.line),
    '',
    `/** ${folder.doc} */`,
    `export const catalogue: Readonly<Record<string, ${folder.type}>> = {`,
    ...paths.map((path) => entry(basename(path))),
    '};',
    '',
  ].join('\n');
}

const checks = process.argv.includes('--check');
let drifted = false;
for (const folder of folders.filter(({ path }) => existsSync(join(root, path)))) {
  const paths = filesOf(folder);
  await checkNames(folder, paths);
  const wanted = catalogueOf(folder, paths);
  const target = join(root, folder.path, 'catalogue.ts');
  const present = existsSync(target) ? readFileSync(target, 'utf8') : '';
  if (present === wanted) continue;
  if (checks) {
    drifted = true;
    console.error(`${folder.path}/catalogue.ts is out of date: run npm run catalog.`);
  } else {
    writeFileSync(target, wanted);
    console.log(`${folder.path}/catalogue.ts lists ${paths.length}.`);
  }
}
process.exitCode = drifted ? 1 : 0;
