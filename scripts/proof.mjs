// `npm run proof`: the long proofs, on the built product where they need one. A file `*.proof.test.ts` is one proof; it prints its
// promise, its trials and its failures. `npm run proof -- <path>` runs one. The last line counts.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installMissing } from './install-tools.mjs';
import { runTool } from './run-tool.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const report = join(root, 'test-results', 'proof.json');
const limitMs = 90 * 60_000;
/** How many trials the tests make that `npm test` runs in short form. */
const trials = {
  ENSEMBLE_CANCELS: '200',
  ENSEMBLE_ESCAPES: 'all',
  ENSEMBLE_LOCK_EDITS: '5000',
  ENSEMBLE_CONDITIONS: '100000',
  ENSEMBLE_GRAPHS: '60000',
  ENSEMBLE_HOSTILE_VALUES: '1000',
  ENSEMBLE_INJECTION_STEP: '1',
  ENSEMBLE_KILLS: '30',
  ENSEMBLE_KILL_STEP: '1',
  ENSEMBLE_POOL_DELETIONS: '200',
  ENSEMBLE_SCHEDULES: '100000',
  ENSEMBLE_STATUSES: '100000',
  ENSEMBLE_MUTANTS: '1000000',
  ENSEMBLE_MUTANT_ROUNDS: '200',
};

mkdirSync(dirname(report), { recursive: true });
rmSync(report, { force: true });
installMissing('redis');
installMissing('sandbox');
const ok = await runTool(
  'vitest',
  [
    'run',
    '--project',
    'proof',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ],
  { limitMs, env: { ...trials, ...process.env } },
);
const said = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined;
const passed = said?.numPassedTests ?? 0;
const failed = Math.max(said?.numFailedTests ?? 0, ok ? 0 : 1);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 ? 1 : 0;
