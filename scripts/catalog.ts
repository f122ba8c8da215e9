import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * Lists each folder of registered things into its committed, sorted `catalogue.ts`.
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
    from: './define-node',
    doc: 'Every node type by its `type`.',
  },
  {
    path: 'lib/tools',
    define: 'defineTool',
    type: 'ToolType',
    from: './define-tool',
    doc: 'Every tool by its name.',
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
    path: 'lib/templates',
    define: 'defineTemplate',
    type: 'Template',
    from: './define-template',
    doc: 'Every template by its name.',
  },
];

function filesOf(folder: Folder): string[] {
  return readdirSync(join(root, folder.path))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .filter((file) =>
      readFileSync(join(root, folder.path, file), 'utf8').includes(
        `export default ${folder.define}(`,
      ),
    )
    .map((file) => basename(file, '.ts'))
    .sort();
}

async function checkNames(folder: Folder, names: string[]): Promise<void> {
  for (const name of names) {
    const file = pathToFileURL(join(root, folder.path, `${name}.ts`)).href;
    const { default: made } = (await import(file)) as { default: Record<string, unknown> };
    const own = made.type ?? made.handle ?? made.name;
    if (own !== name)
      throw new Error(
        `${folder.path}/${name}.ts registers "${String(own)}": name the file after it.`,
      );
  }
}

function catalogueOf(folder: Folder, names: string[]): string {
  const variable = (name: string) =>
    `${name.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())}Entry`;
  const entry = (name: string) =>
    `  ${/^[a-z]\w*$/.test(name) ? name : `'${name}'`}: ${variable(name)},`;
  const imports = [
    { from: folder.from, line: `import type { ${folder.type} } from '${folder.from}';` },
    ...names.map((name) => ({
      from: `./${name}`,
      line: `import ${variable(name)} from './${name}';`,
    })),
  ].sort((a, b) => (a.from < b.from ? -1 : 1));
  return [
    '// Written by `npm run catalog`. Add a file beside this one instead of changing it.',
    ...imports.map((one) => one.line),
    '',
    `/** ${folder.doc} */`,
    `export const catalogue: Readonly<Record<string, ${folder.type}>> = {`,
    ...names.map(entry),
    '};',
    '',
  ].join('\n');
}

const checks = process.argv.includes('--check');
let drifted = false;
for (const folder of folders.filter(({ path }) => existsSync(join(root, path)))) {
  const names = filesOf(folder);
  await checkNames(folder, names);
  const wanted = catalogueOf(folder, names);
  const target = join(root, folder.path, 'catalogue.ts');
  const present = existsSync(target) ? readFileSync(target, 'utf8') : '';
  if (present === wanted) continue;
  if (checks) {
    drifted = true;
    console.error(`${folder.path}/catalogue.ts is out of date: run npm run catalog.`);
  } else {
    writeFileSync(target, wanted);
    console.log(`${folder.path}/catalogue.ts lists ${names.length}.`);
  }
}
process.exitCode = drifted ? 1 : 0;
