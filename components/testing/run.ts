import { act } from '@testing-library/react';
import { getVersion } from '@/lib/history/contract';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Command } from '@/lib/runs/command';
import { getRun, listRunEvents, type RunView, runSummarySchema } from '@/lib/runs/contract';
import { decide } from '@/lib/runs/engine/decide';
import { evolveAll } from '@/lib/runs/engine/evolve';
import { initialState } from '@/lib/runs/plan';
import type { Debug, RunEvent, RunMode, RunState, StepOutcome } from '@/lib/runs/schema';
import { viewRun } from '@/lib/runs/view/view';
import { compile } from '@/lib/workflows/compile';
import type { Definition } from '@/lib/workflows/schema';
import { api } from './api';
import { idOf, sampleMoment, sampleOf } from './sample';
import { realtime } from './socket';

const worker = 'w1';

type Given = {
  input?: unknown;
  mode?: RunMode;
  debug?: Debug;
  workflowId?: string;
};

/**
 * A run as the server has it, by the rules of the engine: its answers over REST and the socket, and what the browser is
 * told as it goes on. It begins with its first steps started.
 */
export function openRun(runId: string, definition: Definition, given: Given = {}) {
  const { input = {}, mode = 'live', debug, workflowId = idOf(1) } = given;
  let now = Date.parse(sampleMoment);
  let state: RunState = initialState(compile(definition, catalogue), { mode, input, now });
  const events: RunEvent[] = [];
  const facts = sampleOf(runSummarySchema, {
    id: runId,
    workflowId,
    workflowName: definition.name,
    version: 1,
    mode,
    startedBy: 'Ada Lovelace',
  });
  const ask = (command: Command) => {
    now += 1_000;
    const news = decide(state, { ...command, now, random: 0 } as Parameters<typeof decide>[1]);
    state = evolveAll(state, news);
    events.push(...news);
    act(() => realtime.tell('run.events', { runId, seq: state.seq, events: news }));
  };
  const claim = () => ask({ type: 'claim', worker, limit: 100 });
  const settle = (stepId: string, outcome: StepOutcome) => {
    const attempt = state.steps[stepId]?.attempt ?? 0;
    ask({ type: 'settle', worker, stepId, attempt, outcome, limit: 100 });
  };
  realtime.on('run.join', (message) =>
    message.runId === runId
      ? { ok: true, state: structuredClone(state) }
      : { ok: false, error: { code: 'not_found', message: 'There is no such run.' } },
  );
  realtime.on('run.events', ({ after }) => ({
    ok: true,
    events: events.filter(({ seq }) => seq > after),
    more: false,
  }));
  api.on(getRun, () => viewRun(facts, state));
  api.on(getVersion, { number: 1, note: '', publishedAt: sampleMoment, definition });
  api.on(listRunEvents, ({ query }) => ({
    items: events.filter(({ seq }) => seq > query.after),
    more: false,
  }));
  ask({ type: 'start', ...(debug === undefined ? {} : { debug }) });
  claim();
  return {
    view: (): RunView => viewRun(facts, state),
    ask,
    succeed: (stepId: string, output: unknown, ports?: string[]) =>
      settle(stepId, { ok: true, output, ...(ports ? { ports } : {}) }),
    fail: (stepId: string, message: string, retryable = false) =>
      settle(stepId, { ok: false, error: { code: 'failed', message, retryable } }),
    settle,
    /** A step writes more of its text. */
    write(stepId: string, text: string, offset = 0): void {
      const attempt = state.steps[stepId]?.attempt ?? 1;
      act(() => realtime.tell('run.stream', { runId, stepId, attempt, offset, text }));
    },
  };
}
