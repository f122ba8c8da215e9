// `npm test`: every part, on a machine that has nothing but Node. The last line counts.
//   --all                       also the tests that are marked `long`
//   --only check|unit|int|e2e   one part (repeatable)
//   -- <arguments>              go to the tool of that part: npm test -- --only e2e -- e2e/rest.spec.ts
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, stripVTControlCharacters } from 'node:util';
import { printCheck, runChecks } from './check.mjs';
import { installMissing } from './install-tools.mjs';
import { startProduct } from './product.mjs';
import { runTool } from './run-tool.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const results = join(root, 'test-results');
const minute = 60_000;
const total = { passed: 0, failed: 0 };
/** What failed, by part: said again before the last line, since the output between is long. */
const failures = [];

const { values, positionals } = parseArgs({
  options: { all: { type: 'boolean' }, only: { type: 'string', multiple: true } },
  allowPositionals: true,
});
const parts = { check, unit, int, e2e };
// Who names a file wants all that stands in it.
const short = !values.all && positionals.length === 0;
const chosen = values.only ?? Object.keys(parts);

mkdirSync(results, { recursive: true });
for (const name of chosen) {
  const part = parts[name];
  if (part === undefined) {
    process.stderr.write(`There is no part ${name}; there are ${Object.keys(parts).join(', ')}.\n`);
    process.exit(2);
  }
  process.stdout.write(`\n=== ${name} ===\n`);
  const startedAt = Date.now();
  const { passed, failed } = await part().catch((error) => {
    process.stdout.write(`${error instanceof Error ? error.stack : error}\n`);
    return { passed: 0, failed: 1 };
  });
  total.passed += passed;
  total.failed += failed;
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  process.stdout.write(`=== ${name}: ${passed} passed, ${failed} failed, ${seconds} s ===\n`);
}
if (failures.length > 0) process.stdout.write(`\nFailed:\n${failures.join('\n')}\n`);
process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
process.exitCode = total.failed > 0 ? 1 : 0;

async function check() {
  const done = await runChecks(printCheck);
  for (const { name, ok } of done) if (!ok) failures.push(`check: ${name}`);
  const passed = done.filter(({ ok }) => ok).length;
  return { passed, failed: done.length - passed };
}

function unit() {
  return vitest(['unit', 'components'], 12 * minute);
}

async function int() {
  installMissing('redis');
  installMissing('sandbox');
  return vitest(['int', 'int-alone'], 35 * minute);
}

async function vitest(projects, limitMs) {
  const report = freshFile(`${projects[0]}.json`);
  const ok = await runTool(
    'vitest',
    [
      'run',
      ...projects.flatMap((project) => ['--project', project]),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...(short ? ['--tagsFilter=!long'] : []),
      ...positionals,
    ],
    { limitMs },
  );
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const said = JSON.parse(readFileSync(report, 'utf8'));
  for (const { name, assertionResults, message } of said.testResults) {
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    for (const one of failed) addFailure(projects[0], name, one.fullName, one.failureMessages[0]);
    if (failed.length === 0 && message) addFailure(projects[0], name, 'the file', message);
  }
  const unreadable = said.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  return counted(said.numPassedTests, said.numFailedTests + unreadable, ok);
}

async function e2e() {
  installMissing('browser');
  const report = freshFile('e2e.json');
  // A product for each of Playwright's workers: journeys side by side share nothing, and may kill theirs.
  const workers = positionals.filter((name) => name.endsWith('.spec.ts')).length === 1 ? 1 : 2;
  const products = [];
  try {
    for (let n = 1; n <= workers; n += 1) {
      const log = join(results, `product-${n}.log`);
      products.push({ ...(await startProduct(log)), log });
    }
    const ok = await runTool('playwright', ['test', '--reporter=list,json', ...positionals], {
      limitMs: 32 * minute,
      env: {
        ...(short ? { ENSEMBLE_TESTS: 'short' } : {}),
        E2E_PRODUCTS: JSON.stringify(products.map(({ url, pid, log }) => ({ url, pid, log }))),
        PLAYWRIGHT_JSON_OUTPUT_NAME: report,
      },
    });
    if (!existsSync(report)) return { passed: 0, failed: 1 };
    const { config, stats, errors, suites } = JSON.parse(readFileSync(report, 'utf8'));
    for (const spec of suites.flatMap(specsOf)) {
      const error = spec.tests.flatMap(({ results: tries }) =>
        tries.flatMap((one) => one.errors),
      )[0];
      if (!spec.ok) addFailure('e2e', join(config.rootDir, spec.file), spec.title, error?.message);
    }
    return counted(stats.expected, stats.unexpected + stats.flaky + errors.length, ok);
  } finally {
    await Promise.all(products.map((product) => product.stop()));
  }
}

/** All tests of a suite of Playwright and of those in it. */
function specsOf({ specs = [], suites = [] }) {
  return [...specs, ...suites.flatMap(specsOf)];
}

function addFailure(part, file, title, message = '') {
  const lines = stripVTControlCharacters(message).split('\n').slice(0, 12);
  failures.push(
    `${part}: ${relative(root, resolve(root, file))} › ${title}\n    ${lines.join('\n    ')}`,
  );
}

/** A tool that fails without a failed test has failed all the same. */
function counted(passed, failed, ok) {
  return { passed, failed: ok || failed > 0 ? failed : 1 };
}

function freshFile(name) {
  const path = join(results, name);
  rmSync(path, { force: true });
  return path;
}
