import { isDeepStrictEqual } from 'node:util';
import type { Pool } from 'pg';
import { brokenRuns, newLedger } from '@/server/runs/testing/journals';
import { begun } from './operations';
import type { ChaosShape } from './shapes';

export type Promises = Record<string, { checked: number; failures: string[] }>;
type Line = {
  what: string;
  run: string;
  same?: string;
  status?: string;
  output?: unknown;
  finishedAt?: string;
  /** Attempts that had begun when it was acknowledged, and later. */
  begun?: number | null;
  before?: number;
  after?: number;
  hook?: string;
  delivery?: string;
  trigger?: string;
  due?: string;
  kept?: string[];
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
      const notified = { status, output, finished: finishedAt };
      const now = row && { status: row.status, output: row.output, finished: row.finished };
      return isDeepStrictEqual(notified, now) ? [] : [`${run}: ${JSON.stringify([notified, now])}`];
    }),
  );
  const cancelled = of('cancelled');
  promise(
    'an acknowledged cancellation holds',
    cancelled.length,
    cancelled.filter(({ run }) => rows.get(run)?.status !== 'cancelled').map(({ run }) => run),
  );
  promise(...(await ofCancelled(pool, cancelled)));
  promise(...ofPaused(of('paused')));
  promise(...(await ofKeys(pool, 'a delivery', of('delivered'))));
  promise(...(await ofKeys(pool, 'a due time', of('due'))));
  promise(...ofForks(of('forked'), effects));
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

/** Nothing began after the acknowledgement, in the run and in those below it. */
async function ofCancelled(
  pool: Pool,
  lines: readonly Line[],
): Promise<[string, number, string[]]> {
  const known = lines.filter((line) => line.begun != null);
  const found: string[] = [];
  for (const { run, begun: then } of known) {
    const now = await begun(pool, run);
    if (now !== then) found.push(`${run}: ${then} attempts had begun, and ${now} in the end`);
  }
  return ['nothing starts after a cancellation', known.length, found];
}

function ofPaused(lines: readonly Line[]): [string, number, string[]] {
  const wrong = lines.filter(({ before, after }) => before !== after);
  const found = wrong.map(({ run, before, after }) => `${run}: ${before} attempts, then ${after}`);
  return ['nothing starts while a run is paused', lines.length, found];
}

/** What starts a run under a key of its own has started one, and said which. */
async function ofKeys(
  pool: Pool,
  name: string,
  lines: readonly Line[],
): Promise<[string, number, string[]]> {
  const { rows } = await pool.query<{ key: string; ids: string[] }>(
    `select idempotency_key as key, array_agg(id::text) as ids from run where idempotency_key like 'trigger:%' group by 1`,
  );
  const runs = new Map(rows.map(({ key, ids }) => [key, ids]));
  const found = lines.flatMap((line) => {
    const key = `trigger:${line.hook ?? line.trigger}:${line.delivery ?? line.due}`;
    const [run, ...more] = runs.get(key) ?? [];
    const right = run !== undefined && more.length === 0 && (line.run === '' || line.run === run);
    return right ? [] : [`${key}: ${run ?? 'no run'} ${more.join(' ')}, notified ${line.run}`];
  });
  return [`${name} has exactly one run`, lines.length, found];
}

/** A fork does nothing again of what it took over. */
function ofForks(
  lines: readonly Line[],
  effects: ReadonlyMap<string, number>,
): [string, number, string[]] {
  const found = lines.flatMap(({ run, kept = [] }) =>
    kept.map((step) => `${run}/${step}`).filter((key) => effects.has(key)),
  );
  return ['a fork repeats nothing that it took over', lines.length, found];
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
