import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const folder = join(import.meta.dirname, 'results');

/** The benchmarks by name; `npm run bench -- chain` runs one of them. */
const benchmarks: Record<string, () => Promise<object>> = {
  chain: async () => (await import('./chain')).benchRuns('chain'),
  fanout: async () => (await import('./chain')).benchRuns('fanout'),
  shapes: async () => (await import('./shapes')).benchShapes(),
  reclaim: async () => (await import('./reclaim')).benchReclaim(),
  tables: async () => (await import('./tables')).benchTables(),
  edits: async () => (await import('./edits')).benchEdits(people ? { people } : {}),
  assignment: async () => (await import('./assignment')).benchAssignment(),
  meaning: async () => (await import('./meaning')).benchMeaning(),
  canvas: async () => (await import('./canvas')).benchCanvas(repeats ? { repeats } : {}),
};

const { values, positionals: asked } = parseArgs({
  options: { people: { type: 'string' }, repeats: { type: 'string' } },
  allowPositionals: true,
});
const people = values.people === undefined ? undefined : Number(values.people);
const repeats = values.repeats === undefined ? undefined : Number(values.repeats);
const unknown = asked.filter((name) => !(name in benchmarks));
if (unknown.length > 0) {
  console.error(
    `There is no benchmark "${unknown.join(', ')}". There are: ${Object.keys(benchmarks).join(', ')}.`,
  );
  process.exit(1);
}

mkdirSync(folder, { recursive: true });
for (const [name, run] of Object.entries(benchmarks)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const result = {
    benchmark: name,
    at: new Date().toISOString(),
    machine: { cores: cpus().length, model: cpus()[0]?.model, node: process.version },
    ...(await run()),
  };
  const file = join(folder, `${name}.local.json`);
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  console.log(JSON.stringify(result, null, 2));
  console.log(`Written to ${file}.`);
}
process.exit(0);
