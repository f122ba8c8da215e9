import { isDeepStrictEqual } from 'node:util';
import type { Pool } from 'pg';
import { evolveAll } from '@/lib/runs/engine/evolve';
import { isEnded } from '@/lib/runs/engine/readiness';
import { initialState } from '@/lib/runs/plan';
import type { Plan, RunEvent, RunMode, RunState } from '@/lib/runs/schema';
import { brokenPromises } from '@/lib/runs/testing/oracle';
import { readRun } from '@/server/runs/journal/store';

/** What happened, kept apart from the database, with run ids. */
export type RunLedger = {
  /** Runs whose start was acknowledged. */
  started: Set<string>;
  /** Runs whose cancellation was acknowledged. */
  cancelled: Set<string>;
  /** Attempts whose result was acknowledged, as `run/step/attempt`. */
  acknowledged: Set<string>;
  /** Work that began, as often as it began. */
  effects: string[];
  /** Ended runs as they were first seen. */
  finished: Map<string, string>;
};

export const newLedger = (): RunLedger => ({
  started: new Set(),
  cancelled: new Set(),
  acknowledged: new Set(),
  effects: [],
  finished: new Map(),
});

type Found = {
  id: string;
  definition: Plan;
  mode: RunMode;
  input: unknown;
  created_at: Date;
  status: string;
  seq: number;
  held: unknown;
  wake_at: Date | null;
  ended: boolean;
  face: string;
  parent: string | null;
  place: string | null;
  steps: number;
  kids: string;
};

/** How an ended run looks: the same for ever. */
export const faceSql = "concat_ws('/', status, seq, output::text, error::text, finished_at)";

const runsSql = `select id, definition, mode, input, created_at, status, seq, held, wake_at,
  finished_at is not null as ended, ${faceSql} as face, parent_run_id as parent,
  parent_run_id || parent_step_id || '/' || parent_round || '/' || parent_index as place,
  (select count(*)::int from step where run_id = id) as steps,
  (select coalesce(string_agg(k.parent_index || ' ' || k.status, ', '), 'none') from run k where k.parent_run_id = run.id) as kids
  from run`;

/**
 * What the rows of a whole database break of what runs promise, compared with what was promised outside of it; none
 * when all is kept. Every run must be over or wait for a person.
 */
export async function brokenRuns(pool: Pool, ledger: RunLedger): Promise<string[]> {
  const { rows } = await pool.query<Found>(runsSql);
  const journals = await readJournals(pool);
  const index = new Map(rows.map(({ id }, n) => [id, n]));
  const found: string[] = [];
  for (const id of ledger.started) if (!index.has(id)) found.push(`the started run ${id} is lost`);
  const checked = [];
  for (const row of rows) {
    const journal = journals.get(row.id) ?? [];
    const first = initialState(row.definition, {
      mode: row.mode,
      input: row.input,
      now: row.created_at.getTime(),
    });
    const state = replayAll(first, journal);
    if (state === undefined) {
      found.push(`run ${row.id}: its journal has a gap`);
      continue;
    }
    found.push(...(await ofRow(pool, row, state, ledger)).map((line) => `run ${row.id}: ${line}`));
    checked.push({ id: row.id, first, state, journal, wake: null });
  }
  const place = new Map(checked.map(({ id }, n) => [id, n]));
  const numbered = (key: string) => {
    const [id = '', ...rest] = key.split('/');
    return [place.get(id) ?? -1, ...rest].join('/');
  };
  const simulated = {
    rows: checked,
    ended: true,
    ledger: {
      effects: ledger.effects.map(numbered),
      acknowledged: [...ledger.acknowledged].map((key) => {
        const [run = '', stepId = '', attempt = ''] = key.split('/');
        return { run: place.get(run) ?? -1, stepId, attempt: Number(attempt) };
      }),
    },
  };
  found.push(...brokenPromises(simulated), ...ofChildRuns(rows));
  return found;
}

async function readJournals(pool: Pool): Promise<Map<string, RunEvent[]>> {
  const { rows } = await pool.query<{ run_id: string; events: [number, number, string, object][] }>(
    `select run_id, json_agg(json_build_array(seq, (extract(epoch from at) * 1000)::bigint, type, data) order by seq)
       as events from run_event group by run_id`,
  );
  return new Map(
    rows.map(({ run_id, events }) => [
      run_id,
      events.map(([seq, at, type, data]) => ({ ...data, seq, at, type }) as RunEvent),
    ]),
  );
}

function replayAll(first: RunState, journal: RunEvent[]): RunState | undefined {
  try {
    return evolveAll(first, journal);
  } catch {
    return undefined;
  }
}

/** How a row differs from its journal, and from what was promised about it. */
async function ofRow(
  pool: Pool,
  row: Found,
  state: RunState,
  ledger: RunLedger,
): Promise<string[]> {
  const found: string[] = [];
  const stored = await readRun(pool, row.id).catch(() => undefined);
  if (!isDeepStrictEqual(plain(stored?.state), plain(state))) found.push('its row says otherwise');
  if (row.seq !== state.seq || row.status !== state.status) {
    found.push(
      `its row is at ${row.status}/${row.seq}, its journal at ${state.status}/${state.seq}`,
    );
  }
  if (row.ended !== isEnded(state.status)) found.push('its end is not in its row');
  const seen = ledger.finished.get(row.id);
  if (seen !== undefined && seen !== row.face) found.push(`its end changed: ${seen}, ${row.face}`);
  if (ledger.cancelled.has(row.id) && row.status !== 'cancelled') {
    found.push(`its cancellation was acknowledged, and it is ${row.status}`);
  }
  if (row.ended) {
    if (row.held !== null) found.push('somebody holds a step of it');
    if (row.wake_at !== null) found.push('it still asks for somebody');
    if (row.steps !== state.plan.steps.length) found.push(`${row.steps} step rows`);
  } else if (!waitsForSomebody(state)) {
    const steps = Object.entries(state.steps).map(([id, step]) => `${id} ${step.status}`);
    found.push(
      `it did not come to its end: ${row.status}, ${steps.join(', ')}, asks ${row.wake_at?.toISOString() ?? 'for nobody'}, children ${row.kids}`,
    );
  }
  return found;
}

function waitsForSomebody({ steps, status }: RunState): boolean {
  const waiting = Object.values(steps).some(({ wait }) => wait?.kind === 'person');
  return status === 'waiting' && waiting;
}

/** No child began twice, and none outlived its parent. */
function ofChildRuns(rows: readonly Found[]): string[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const places = new Set<string>();
  const found: string[] = [];
  for (const { id, parent, place, ended } of rows) {
    if (parent === null || place === null) continue;
    if (places.has(place)) found.push(`run ${id} is the second at ${place}`);
    places.add(place);
    if (byId.get(parent)?.ended && !ended) found.push(`run ${id} outlived its parent`);
  }
  return found;
}

const plain = (value: unknown): unknown =>
  value === undefined ? undefined : JSON.parse(JSON.stringify(value));
