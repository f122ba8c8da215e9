// `npm run coverage`: which lines of `components` the fast tests run, by folder; fails under the floor. What only a
// browser can tell is tested by the journeys in `e2e`, which are not counted.
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runTool } from './run-tool.mjs';

/** Lines of `components` in percent that must be run. Only rises. */
const floor = 12;

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const projects = ['unit', 'components'].flatMap((name) => ['--project', name]);
const passed = await runTool('vitest', ['run', ...projects, '--coverage', 'components'], {
  limitMs: 12 * 60_000,
});

const { total, ...files } = JSON.parse(
  readFileSync(join(root, 'test-results', 'coverage', 'coverage-summary.json'), 'utf8'),
);
const folders = Map.groupBy(
  Object.entries(files),
  ([path]) => relative(root, path).split(/[\\/]/)[1],
);
for (const [folder, inside] of [...folders].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const lines = inside.reduce((sum, [, file]) => sum + file.lines.total, 0);
  const covered = inside.reduce((sum, [, file]) => sum + file.lines.covered, 0);
  print(folder, covered, lines);
}
print('components', total.lines.covered, total.lines.total);
if (total.lines.pct < floor) process.stdout.write(`Fewer than ${floor} %.\n`);
process.exitCode = passed && total.lines.pct >= floor ? 0 : 1;

function print(name, covered, lines) {
  const percent = ((100 * covered) / Math.max(lines, 1)).toFixed(1);
  process.stdout.write(`${percent.padStart(6)} %  ${name} (${covered} of ${lines} lines)\n`);
}
