import { planStep } from '@/lib/runs/engine/readiness';
import type { RunEvent, RunState } from '@/lib/runs/schema';
import { picoOfNumber } from '@/lib/spending/pico';
import type { Append } from './commit';
import { eventData } from './store';

type Row = readonly unknown[];

/** An append as rows, their values in the order of the commit statement's parameters. */
export type Rows = {
  run: Row;
  events: Row[];
  steps: Row[];
  /** Characters that may be large, roughly. */
  size: number;
};

/** Step rows are written with the event that ends the run, once. */
const endings: ReadonlySet<RunEvent['type']> = new Set([
  'RunSucceeded',
  'RunFailed',
  'RunCancelled',
]);

export function rowsOf(append: Append): Rows {
  const { runId, state, events } = append;
  const eventRows = events.map((event) => [
    runId,
    event.seq,
    event.at,
    event.type,
    JSON.stringify(eventData(event)),
  ]);
  const run = runRow(append);
  const texts = [...run, ...eventRows.map((row) => row[4])];
  const size = texts.reduce<number>(
    (sum, text) => sum + (typeof text === 'string' ? text.length : 0),
    0,
  );
  return {
    run,
    events: eventRows,
    steps: events.some(({ type }) => endings.has(type)) ? stepRows(runId, state) : [],
    size,
  };
}

/** Rows turned into one array for each of their `width` columns, as `unnest` takes them. */
export function columnsOf(rows: readonly Row[], width: number): unknown[][] {
  return Array.from({ length: width }, (_, column) => rows.map((row) => row[column] ?? null));
}

function runRow({ runId, expectedVersion, state, wake, snapshot }: Append): Row {
  const leased = leasedOf(state);
  return [
    runId,
    expectedVersion,
    state.seq,
    state.status,
    wake,
    json(state.output),
    json(state.error),
    state.usage.inputTokens,
    state.usage.outputTokens,
    picoOfNumber(state.usage.costUsd),
    state.startedAt,
    state.finishedAt,
    leased.length === 0 ? null : JSON.stringify(leased),
    json(snapshot),
    state.scripted === true,
  ];
}

/** The attempts that are leased: what a lease covers. */
function leasedOf(state: RunState): [worker: string, stepId: string, attempt: number][] {
  const leased: [string, string, number][] = [];
  for (const id in state.steps) {
    const step = state.steps[id];
    if (step?.status === 'running') leased.push([step.worker ?? '', id, step.attempt]);
  }
  return leased;
}

/** What the steps of an ended run came to. */
export function stepRows(runId: string, state: RunState): Row[] {
  return state.plan.steps.map(({ id }) => {
    const step = state.steps[id];
    return [
      runId,
      id,
      planStep(state.plan, id)?.nodeId ?? id,
      step?.status,
      step?.attempt,
      step?.worker,
      step?.startedAt,
      step?.finishedAt,
    ];
  });
}

const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
