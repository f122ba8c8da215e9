import type { Plan, StepOutcome } from '@/lib/runs/schema';
import { aPlan, aStep } from '@/lib/runs/testing/plans';
import { notifyAsked } from '@/server/notifications/notify-asked';
import { readOutcomes, storedRound } from '@/server/runs/journal/child-rows';
import type { Task } from '@/server/runs/worker/task';
import type { Services } from '@/server/services';

const patient = { retry: { attempts: 5, backoffMs: 15, maxBackoffMs: 60 }, timeoutMs: 30_000 };
const step: typeof aStep = (id, after, more) => aStep(id, after, { ...patient, ...more });

/** What people do to a run a moment after it began. */
export type Operation = 'cancel' | 'pause' | 'answer' | 'release' | 'event' | 'fork';
export type Shape = { name: string; plan: Plan; operation?: Operation };

const chain = aPlan(
  Array.from({ length: 4 }, (_, n) => step(`s${n}`, n > 0 ? [`s${n - 1}`] : [])),
  { name: 'chain' },
);
const fan = aPlan(
  [
    step('a'),
    ...['b', 'c', 'd', 'e'].map((id) => step(id, ['a'])),
    step('j', ['b', 'c', 'd', 'e']),
  ],
  { name: 'fan' },
);
const mapped = aPlan([
  step('a'),
  step('map', ['a'], { body: aPlan([step('x'), step('y', ['x'])], { name: 'item' }) }),
  step('z', ['map']),
]);
/** Tried again when its items are through, and takes them over then. */
const mappedTwice = aPlan([
  step('map', [], { config: { fails: true }, body: aPlan([step('x')], { name: 'item' }) }),
]);
const errors = aPlan([
  step('broken', [], { onError: { go: 'port' } }),
  step('rescue', [{ from: 'broken', port: 'error' }]),
  step('usual', ['broken']),
]);
const handled = aPlan([step('broken'), step('h', [], { kind: 'handler' }), step('told', ['h'])]);

/** Runs of every kind that the engine can do, short enough to be many. */
export const shapes: readonly Shape[] = [
  { name: 'chain', plan: chain },
  { name: 'fan', plan: fan },
  { name: 'map', plan: mapped },
  { name: 'map again', plan: mapped },
  { name: 'map retried', plan: mappedTwice },
  { name: 'retry', plan: aPlan([step('flaky'), step('b', ['flaky'])]) },
  { name: 'timer', plan: aPlan([step('timer'), step('b', ['timer'])]) },
  { name: 'error port', plan: errors },
  { name: 'handler', plan: handled },
  { name: 'once', plan: aPlan([step('once', [], { effects: 'once' }), step('b', ['once'])]) },
  {
    name: 'person',
    plan: aPlan([step('person', [], { type: 'approval' }), step('b', ['person'])]),
    operation: 'answer',
  },
  { name: 'held', plan: aPlan([step('held'), step('b', ['held'])]), operation: 'release' },
  { name: 'event', plan: aPlan([step('event'), step('b', ['event'])]), operation: 'event' },
  { name: 'forked', plan: chain, operation: 'fork' },
  { name: 'cancelled', plan: chain, operation: 'cancel' },
  { name: 'map cancelled', plan: mapped, operation: 'cancel' },
  { name: 'paused', plan: chain, operation: 'pause' },
  { name: 'map paused', plan: mapped, operation: 'pause' },
];

const failed = (code: string, retryable: boolean): StepOutcome => ({
  ok: false,
  error: { code, message: '', retryable },
});

/** Does a step of these shapes; its id says what it is. */
export async function doStep(
  services: Pick<Services, 'pool' | 'bus'>,
  task: Task,
): Promise<StepOutcome> {
  const { runId, step: self, state, attempt } = task;
  const at = state.steps[self.id];
  switch (self.id) {
    case 'flaky':
      return attempt === 1 ? failed('flaky', true) : { ok: true, output: attempt };
    case 'broken':
      return failed('broken', false);
    case 'timer': {
      const until = Date.now() + 40;
      return { ok: 'wait', wait: { kind: 'timer', until, end: { ok: true, output: 'time' } } };
    }
    case 'person': {
      const text = 'Ship it?';
      const asked = { runId, stepId: self.id, attempt, role: 'editor', key: 'told', text } as const;
      await notifyAsked(services, asked);
      const ask = { question: text, details: '', fields: [], role: 'editor' };
      return { ok: 'wait', wait: { kind: 'person', ask } };
    }
    case 'held': {
      const hold: StepOutcome = { ok: 'wait', wait: { kind: 'debugger' } };
      return at?.resumed === undefined ? hold : { ok: true, output: 'released' };
    }
    case 'event':
      return { ok: 'wait', wait: { kind: 'message', channel: runId } };
    case 'map': {
      const round = storedRound(0, at?.failures);
      const wait = { ...children, children: { ...children.children, round } };
      if (at?.memo === undefined) return { ok: 'wait', wait };
      if (self.config.fails === true && at.failures === undefined) return failed('flaky', true);
      const outcomes = await readOutcomes(services.pool, runId, self.id, round);
      return { ok: true, output: outcomes.map((one) => one.ok) };
    }
    default:
      return { ok: true, output: self.id };
  }
}

const children = {
  kind: 'children' as const,
  memo: 'begun',
  children: {
    of: { kind: 'body' as const },
    inputs: [0, 1, 2],
    concurrency: 2,
    failFast: false,
    round: 0,
  },
};
