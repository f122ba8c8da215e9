import { expect, test } from 'vitest';
import { chanceOf } from '@/lib/runs/testing/chance';
import { type AgentStatus, type Facts, next, type State } from './machine';

const facts = (more: Partial<Facts> = {}): Facts => ({
  ...{ now: 0, workers: { ready: 1, starting: 0, stopping: 0 }, maintenance: undefined },
  ...{ running: 0, asking: 0, queued: 0, capacity: 3, failed: 0, over: 0, ...more },
});
const none = { ready: 0, starting: 0, stopping: 0 };
const after = (...seen: Partial<Facts>[]) =>
  seen.reduce<State | undefined>((state, one) => next(state, facts(one)), undefined);

test.each<[string, Partial<Facts>[], AgentStatus, string]>([
  ['nothing to do', [{}], 'idle', 'Ready for a task.'],
  ['a task', [{ running: 1 }], 'busy', '1 task under way.'],
  ['a question', [{ running: 2, asking: 2 }], 'busy', '2 tasks wait for a person.'],
  ['no worker', [{ workers: none }], 'offline', 'No worker is running: nothing starts.'],
  ['a switch', [{ maintenance: 'New tools' }], 'maintenance', 'New tools'],
  [
    'a switch and no worker',
    [{ maintenance: 'x', workers: none }],
    'offline',
    'No worker is running: nothing starts.',
  ],
  ['failures', [{ failed: 3, over: 3 }], 'error', 'Its last 3 tasks failed.'],
  [
    'failures and a task',
    [{ failed: 2, over: 2, running: 1 }],
    'error',
    'Its last 2 tasks failed.',
  ],
  ['one failure', [{ failed: 1, over: 1 }], 'idle', 'Ready for a task.'],
  ['full for a moment', [{ running: 3, queued: 1 }], 'busy', '3 tasks under way.'],
  [
    'full',
    [
      { running: 3, queued: 1 },
      { now: 10_000, running: 3, queued: 2 },
    ],
    'overloaded',
    'It works on 3 of 3 tasks that it may have at once, and 2 messages wait.',
  ],
  [
    'full and nothing waits',
    [{ running: 3 }, { now: 99_000, running: 3 }],
    'busy',
    '3 tasks under way.',
  ],
  ['a start', [{ workers: { ...none, starting: 1 } }], 'starting', 'A worker is starting.'],
  [
    'a start that never ends',
    [
      { workers: { ...none, starting: 1 } },
      { now: 60_001, workers: { ...none, starting: 1 } },
      { now: 90_000, workers: { ...none, starting: 1 } },
    ],
    'error',
    'No worker has become ready for a minute.',
  ],
  [
    'an end',
    [{}, { now: 1, workers: { ...none, stopping: 1 } }],
    'stopping',
    'The last worker finishes what it has, and stops.',
  ],
  [
    'an end that never ends',
    [
      { workers: { ...none, stopping: 1 } },
      { now: 30_001, workers: { ...none, stopping: 1 } },
      { now: 99_000, workers: { ...none, stopping: 1 } },
    ],
    'offline',
    'No worker is running: nothing starts.',
  ],
])('%s', (_, seen, status, cause) => {
  expect(after(...seen)).toMatchObject({ status, cause });
});

test('it is overloaded until it has had clearly less to do for a while', () => {
  const full = { running: 3, queued: 5 };
  const less = { running: 2, queued: 5 };
  let state = after(full, { ...full, now: 10_000 });
  const seen = (more: Partial<Facts>) => {
    state = next(state, facts(more));
    return state.status;
  };
  expect(state).toMatchObject({ status: 'overloaded', since: 10_000, number: 2 });
  expect(seen({ ...less, now: 12_000 })).toBe('overloaded');
  expect(seen({ ...full, now: 20_000 })).toBe('overloaded');
  expect(seen({ ...less, now: 25_000 })).toBe('overloaded');
  expect(seen({ ...less, now: 39_999 })).toBe('overloaded');
  expect(seen({ ...less, now: 40_000 })).toBe('busy');
  expect(state).toMatchObject({ since: 40_000, number: 3 });
});

/** The same by looking at all that was ever seen, and keeping nothing. */
function plain(history: readonly Facts[]): AgentStatus[] {
  const found: AgentStatus[] = [];
  const lasted = (status: AgentStatus) => {
    let first = found.length;
    while (first > 0 && found[first - 1] === status) first -= 1;
    return first === found.length ? undefined : history[first]?.now;
  };
  for (const [index, one] of history.entries()) {
    const before = found.at(-1);
    const how = (is: (facts: Facts) => boolean) => {
      let first = index + 1;
      while (first > 0 && is(history[first - 1] ?? one)) first -= 1;
      return first > index ? undefined : one.now - (history[first]?.now ?? one.now);
    };
    const full = how(({ running, capacity, queued }) => running >= capacity && queued > 0);
    const calm = how(({ running, capacity }) => running <= capacity * 0.8);
    const { ready, starting, stopping } = one.workers;
    const began = (status: AgentStatus) => one.now - (lasted(status) ?? one.now);
    const starts = how(({ workers }) => workers.ready === 0 && workers.starting > 0);
    found.push(
      ready === 0 && starting > 0
        ? (starts ?? 0) > 60_000
          ? 'error'
          : 'starting'
        : ready === 0 && stopping > 0 && before !== 'offline' && began('stopping') <= 30_000
          ? 'stopping'
          : ready === 0
            ? 'offline'
            : one.maintenance !== undefined
              ? 'maintenance'
              : one.over >= 2 && one.failed === one.over
                ? 'error'
                : (full ?? 0) >= 10_000 || (before === 'overloaded' && (calm ?? 0) < 15_000)
                  ? 'overloaded'
                  : one.running > 0
                    ? 'busy'
                    : 'idle',
    );
  }
  return found;
}

const sequences = Number(process.env.ENSEMBLE_STATUSES ?? 5_000);

test(`any sequence of events is judged as a plain model judges it (${sequences} sequences)`, () => {
  const chance = chanceOf(20_261_130);
  const upTo = (most: number) => Math.floor(chance() * (most + 1));
  const seen = new Set<AgentStatus>();
  for (let trial = 0; trial < sequences; trial += 1) {
    let one = facts({ capacity: 1 + upTo(3) });
    const history: Facts[] = [];
    for (let step = 0; step < 20; step += 1) {
      const event = upTo(9);
      const passed = [0, 500, 4_000, 9_999, 15_000, 31_000, 61_000][upTo(6)] ?? 0;
      one = { ...one, now: one.now + passed };
      if (event === 0) {
        one.workers = { ready: upTo(1), starting: upTo(1), stopping: upTo(1) };
      } else if (event === 1) one.workers = { ready: 1, starting: 0, stopping: 0 };
      else if (event === 2) one.maintenance = chance() < 0.5 ? undefined : 'Later';
      else if (event <= 5) one.running = upTo(one.capacity);
      else if (event === 6) one.queued = upTo(2);
      else if (event === 7) [one.over, one.failed] = [3, upTo(3)];
      else if (event === 8) [one.over, one.failed] = [3, 0];
      one.asking = Math.min(one.asking, one.running);
      history.push(one);
    }
    const expected = plain(history);
    let state: State | undefined;
    let changes = 0;
    for (const [index, each] of history.entries()) {
      const now = next(state, each);
      const status = expected[index];
      if (now.status !== status) expect([trial, index, now.status]).toEqual([trial, index, status]);
      if (state?.status !== now.status) {
        changes += 1;
        if (now.since !== each.now) expect(now.since).toBe(each.now);
      } else if (state.since !== now.since || state.cause !== now.cause) {
        expect(now).toMatchObject({ since: state.since, cause: state.cause });
      }
      if (now.number !== changes) expect(now.number).toBe(changes);
      state = now;
      seen.add(now.status);
    }
  }
  expect(seen.size).toBe(8);
});
