import { isDeepStrictEqual } from 'node:util';
import type { Pool } from 'pg';
import type { ChaosShape } from './chaos-shapes';
import { brokenRuns, newLedger } from './journals';

export type Promises = Record<string, { checked: number; failures: string[] }>;
type Line = {
  what: string;
  run: string;
  same?: string;
  status?: string;
  output?: unknown;
  finishedAt?: string;
};
type Parts = {
  pool: Pool;
  lines: Line[];
  /** By `run/step`. */
  effects: ReadonlyMap<string, number>;
  shapes: ReadonlyMap<string, ChaosShape>;
  deaths: number;
};

/** Compares what was promised with what the rows say, promise by promise. */
export async function judge({ pool, lines, effects, shapes, deaths }: Parts): Promise<Promises> {
  const promises: Promises = {};
  const promise = (name: string, checked: number, failures: string[]) => {
    promises[name] = { checked, failures };
  };
  const of = (what: string) => lines.filter((line) => line.what === what);
  const started = of('started').map(({ run }) => run);
  const rows = await rowsOf(pool);
  promise(
    'every request is answered',
    started.length + of('lost').length + of('refused').length,
    [...of('lost'), ...of('refused')].map((line) => JSON.stringify(line)),
  );
  promise(
    'a started run is in the rows',
    started.length,
    started.filter((run) => !rows.has(run)),
  );
  const again = of('again');
  promise(
    'the same key names the same run',
    again.length,
    again.filter(({ run, same }) => run !== same).map(({ run }) => run),
  );
  const ended = of('ended');
  promise(
    'every run comes to its end',
    started.length,
    started.filter((run) => !rows.get(run)?.finished),
  );
  promise(
    'an end that was told never changes',
    ended.length,
    ended.flatMap(({ run, status, output = null, finishedAt }) => {
      const row = rows.get(run);
      const told = { status, output, finished: finishedAt };
      const now = row && { status: row.status, output: row.output, finished: row.finished };
      return isDeepStrictEqual(told, now) ? [] : [`${run}: ${JSON.stringify([told, now])}`];
    }),
  );
  const cancelled = of('cancelled');
  promise(
    'an acknowledged cancellation holds',
    cancelled.length,
    cancelled.filter(({ run }) => rows.get(run)?.status !== 'cancelled').map(({ run }) => run),
  );
  promise(...outcomes(ended, shapes));
  const ledger = newLedger();
  for (const run of started) ledger.started.add(run);
  promise('journal and rows agree, no result twice', rows.size, await brokenRuns(pool, ledger));
  promise(
    'each attempt has one effect at most, a result had one',
    ...(await ofEffects(pool, effects)),
  );
  promise('no process ends by itself', 1, deaths > 0 ? [`${deaths} did`] : []);
  return promises;
}

function outcomes(
  ended: readonly Line[],
  shapes: ReadonlyMap<string, ChaosShape>,
): [string, number, string[]] {
  const known = ended.filter(({ run }) => shapes.get(run)?.output !== undefined);
  const wrong = known.flatMap(({ run, status, output }) => {
    const shape = shapes.get(run);
    if (status === 'succeeded' && isDeepStrictEqual(output, shape?.output)) return [];
    return [`${shape?.name} ${run}: ${status} ${JSON.stringify(output)}`];
  });
  return ['a run gives the result of its steps', known.length, wrong];
}

async function rowsOf(pool: Pool) {
  const { rows } = await pool.query<{
    id: string;
    status: string;
    output: unknown;
    finished_at: Date | null;
  }>('select id, status, output, finished_at from run');
  return new Map(
    rows.map(({ id, status, output, finished_at }) => [
      id,
      { status, output, finished: finished_at?.toISOString() },
    ]),
  );
}

/** A step that calls the effect server has done so once for each of its attempts at most. */
async function ofEffects(
  pool: Pool,
  effects: ReadonlyMap<string, number>,
): Promise<[number, string[]]> {
  const { rows } = await pool.query<{ key: string; attempts: number; done: boolean }>(
    `select run_id || '/' || (data ->> 'stepId') as key, count(*) filter (where type = 'StepStarted')::int as attempts,
       bool_or(type = 'StepSucceeded') as done
     from run_event where data ->> 'stepId' is not null group by 1`,
  );
  const found: string[] = [];
  const steps = new Map(rows.map((row) => [row.key, row]));
  for (const [key, times] of effects) {
    const attempts = steps.get(key)?.attempts ?? 0;
    const most = key.endsWith('/once') ? 1 : attempts;
    if (times > most) found.push(`${key}: ${times} effects of ${attempts} attempts`);
  }
  const calls = /\/(a|slow|c|f\d|item|flaky|once)$/;
  for (const { key, done } of rows) {
    if (done && calls.test(key) && !effects.has(key)) found.push(`${key}: a result without effect`);
  }
  return [effects.size, found];
}

/** The verdict as people read it. */
export function printPromises(title: string, promises: Promises): string {
  const width = Math.max(...Object.keys(promises).map((name) => name.length));
  const lines = Object.entries(promises).map(
    ([name, { checked, failures }]) =>
      `  ${name.padEnd(width)}  ${String(checked).padStart(6)} trials  ${failures.length} failures`,
  );
  const details = Object.values(promises).flatMap(({ failures }) =>
    failures.slice(0, 5).map((line) => `    ${line}`),
  );
  return `${[title, ...lines, ...details].join('\n')}\n`;
}
