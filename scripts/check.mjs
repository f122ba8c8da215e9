// `npm run check`: the compiler, the linter, the rules between folders, dead code, and what is generated from code.
// Two at a time, since each of them can use more than one core. Prints what the failed ones said.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = (name) => join(root, 'node_modules', '.bin', name);
const rooms = ['app', 'bench', 'components', 'e2e', 'lib', 'scripts', 'server'].filter((room) =>
  existsSync(join(root, room)),
);

const checks = [
  { name: 'types', command: [bin('tsc'), '-p', '.'] },
  { name: 'lint and format', command: [bin('biome'), 'ci', '--colors=off'] },
  {
    name: 'imports',
    command: [bin('depcruise'), '--config', '.dependency-cruiser.mjs', ...rooms],
    // It looks for a TypeScript compiler with an API, which version 7 has not; the parser it is given needs none.
    quiet: /^‼ missing-tsc-transpiler:[\s\S]*?stable\.\n/m,
  },
  { name: 'dead code', command: [bin('knip'), '--no-progress'] },
  { name: 'structure', command: [bin('node'), 'scripts/structure.mjs'] },
  { name: 'catalogues', command: [bin('tsx'), 'scripts/catalog.ts', '--check'] },
  { name: 'names in the docs', command: [bin('node'), 'scripts/docs-named.mjs'] },
];

/** Runs all checks; resolves to one `{ name, ok, output, ms }` each, in the order in which they ended. */
export async function runChecks(report) {
  const waiting = [...checks];
  const results = [];
  const lane = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const result = await runCheck(check);
      results.push(result);
      report(result);
    }
  };
  await Promise.all([lane(), lane()]);
  return results;
}

function runCheck({ name, command: [program, ...args], quiet }) {
  const startedAt = Date.now();
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      env: process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const collect = (chunk) => {
      output += chunk;
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', (error) => collect(String(error)));
    child.on('close', (code) => {
      const said = quiet === undefined ? output : output.replace(quiet, '');
      resolve({ name, ok: code === 0, output: said.trim(), ms: Date.now() - startedAt });
    });
  });
}

/** One line per check; for a failed one what it said. */
export function printCheck({ name, ok, output, ms }) {
  const seconds = (ms / 1000).toFixed(1);
  process.stdout.write(`${ok ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)\n`);
  if (!ok) process.stdout.write(`${output}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const results = await runChecks(printCheck);
  const failed = results.filter(({ ok }) => !ok).map(({ name }) => name);
  if (failed.length > 0) process.stdout.write(`Failed: ${failed.join(', ')}\n`);
  process.exitCode = failed.length > 0 ? 1 : 0;
}
