import { randomUUID } from 'node:crypto';
import { quantise, signBits, similarity } from '@/lib/embeddings/vector';
import { chanceOf } from '@/lib/runs/testing/chance';
import { createServices } from '@/server/compose';
import { nearEntries } from '@/server/memory/meaning/meaning-store';
import { makeWorkspace } from '@/server/runs/testing/harness';
import { percentile, rounded } from './figures';
import { openStage } from './stage';

const dimensions = 512;
const clusters = 400;
const embedder = 'bench';
/** Entries of one space at most, as the product allows. */
const perSpace = 10_000;
const questions = 60;

/**
 * Search by meaning among so many entries of one workspace: signs in the database, then vectors here, beside a scan of all
 * vectors in this process, which knows the right answer. Vectors lie in clusters, as texts do; the questions are near some.
 */
export async function benchMeaning(
  count = Number(process.env.ENTRIES ?? 100_000),
): Promise<object> {
  const stage = await openStage();
  const services = await createServices({ ...stage.config, embedder: 'off' }, 'bench');
  const { pool } = services;
  const workspaceId = await makeWorkspace(pool);
  const random = chanceOf(7);
  const gauss = () => Math.sqrt(-2 * Math.log(random() || 1e-9)) * Math.cos(2 * Math.PI * random());
  const centres = Array.from({ length: clusters }, () =>
    Float32Array.from({ length: dimensions }, gauss),
  );
  const near = () => {
    const centre = centres[Math.floor(random() * clusters)] ?? new Float32Array(dimensions);
    return centre.map((number) => number + 0.8 * gauss());
  };
  const spaces: string[] = [];
  const all: { key: string; vector: Int8Array }[] = [];
  for (let from = 0; from < count; from += perSpace) {
    const id = randomUUID();
    spaces.push(id);
    await pool.query(
      `insert into memory_space (id, workspace_id, kind, name) values ($1, $2, 'team', $3)`,
      [id, workspaceId, `Team ${from}`],
    );
    for (let part = from; part < Math.min(from + perSpace, count); part += 2_000) {
      const rows = Array.from({ length: Math.min(2_000, count - part) }, (_, at) => {
        const vector = near();
        const bytes = quantise(vector);
        const path = `e/${part + at}`;
        all.push({ key: path, vector: bytes });
        return {
          path,
          vector: Buffer.from(bytes.buffer).toString('base64'),
          code: signBits(vector),
        };
      });
      await pool.query(
        `with given as (select * from json_to_recordset($3::json) as g(path text, vector text, code text)),
         entries as (insert into memory_entry (space_id, path, workspace_id, version, value, words, checksum, author, embedded)
           select $1, path, $2, 1, '"A note of some length, as people keep them."', path, '', '{}', true from given)
         insert into memory_meaning (space_id, path, workspace_id, version, embedder, vector, code)
         select $1, path, $2, 1, '${embedder}', decode(vector, 'base64'), code::bit(512) from given`,
        [id, workspaceId, JSON.stringify(rows)],
      );
    }
  }
  await pool.query('vacuum (analyze) memory_entry, memory_meaning');
  const times: Record<'all' | 'one space' | 'scan', number[]> = {
    all: [],
    'one space': [],
    scan: [],
  };
  let right = 0;
  for (let turn = 0; turn < questions; turn += 1) {
    const vector = near();
    const question = quantise(vector);
    const find = async (spaceIds: string[]) => {
      const began = performance.now();
      const code = signBits(vector);
      const rows = await nearEntries(pool, { workspaceId, spaceIds, embedder, code });
      const found = rows
        .map(({ path, vector: of }) => ({ path, like: similarity(question, of) }))
        .sort((a, b) => b.like - a.like)
        .slice(0, 10);
      return { found, ms: performance.now() - began };
    };
    const { found, ms } = await find(spaces);
    times.all.push(ms);
    times['one space'].push((await find(spaces.slice(0, 1))).ms);
    const began = performance.now();
    const truth = all
      .map(({ key, vector: of }) => ({ key, like: similarity(question, of) }))
      .sort((a, b) => b.like - a.like)
      .slice(0, 10);
    times.scan.push(performance.now() - began);
    right += truth.filter(({ key }) => found.some(({ path }) => path === key)).length;
  }
  await services.close();
  await stage.close();
  const ms = (values: number[]) => ({
    p50: rounded(percentile(values, 0.5), 1),
    p95: rounded(percentile(values, 0.95), 1),
  });
  return {
    ...{ entries: count, questions, dimensions, recallAt10: rounded(right / (questions * 10)) },
    ms: Object.fromEntries(Object.entries(times).map(([name, values]) => [name, ms(values)])),
    ofScan: rounded(percentile(times.all, 0.5) / percentile(times.scan, 0.5)),
  };
}
