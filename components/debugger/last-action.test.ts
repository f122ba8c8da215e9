import { expect, test } from 'vitest';
import type { Debug, RunEvent, RunEventBody } from '@/lib/runs/schema';
import { lastAction, lastActionBelow, laterAction, settersOf } from './last-action';

const journal = (...bodies: RunEventBody[]) =>
  bodies.map((body, index) => ({ seq: index + 1, at: (index + 1) * 10, ...body }) as RunEvent);
const set = (by: string, breakpoints: Debug['breakpoints'], stepping = false): RunEventBody => ({
  type: 'DebugSet',
  by,
  debug: { breakpoints, stepping },
});
const released = (by: string, settings: object = {}): RunEventBody => ({
  type: 'StepResumed',
  stepId: 'a',
  attempt: 1,
  by,
  value: { released: true, settings },
});

test('says who stepped, released, changed or gave what', () => {
  const first = [{ type: 'RunStarted' } as const, set('', { a: '' })];
  expect(lastAction(journal(...first))).toBeUndefined();
  expect(lastAction(journal(...first, released('Ana')))).toEqual({
    by: 'Ana',
    did: 'released',
    stepId: 'a',
    at: 30,
  });
  const step = journal(...first, set('Ben', { a: '' }, true), released('Ben'));
  expect(lastAction(step)).toMatchObject({ by: 'Ben', did: 'stepped over', stepId: 'a' });
  expect(lastAction(journal(...first, released('Ben', { x: 1 })))?.did).toBe(
    'changed the settings of',
  );
  const given: RunEventBody = {
    type: 'StepSucceeded',
    stepId: 'a',
    attempt: 1,
    ports: [],
    output: 1,
    reason: 'Output set by Cleo.',
  };
  expect(lastAction(journal(...first, given))).toMatchObject({ by: 'Cleo', stepId: 'a' });
});

test('says how one moved on, also in the runs below', () => {
  const moved = (move: string): RunEventBody => ({
    type: 'StepResumed',
    stepId: 'a',
    attempt: 1,
    by: 'Ben',
    value: { released: true, settings: {}, move },
  });
  const own = lastAction(journal(moved('into')));
  expect(own).toMatchObject({ by: 'Ben', did: 'stepped into', stepId: 'a' });
  const place = { stepId: 'each', round: 0, index: 2 };
  const withEvents = (...bodies: RunEventBody[]) => ({
    runId: 'r',
    of: 'c',
    place,
    events: journal(...bodies),
  });
  const cancelled: RunEventBody = { type: 'StepCancelled', stepId: 'a', attempt: 1 };
  const below = lastActionBelow([withEvents(moved('out')), withEvents(cancelled)]);
  expect(below).toMatchObject({ did: 'stepped out from', place });
  expect(laterAction(own, below)).toBe(below);
  expect(laterAction(own && { ...own, at: 99 }, below)?.at).toBe(99);
  expect(laterAction(undefined, undefined)).toBeUndefined();
});

test('says who set, changed or took a breakpoint, and whose breakpoint it is', () => {
  const events = journal(set('', { a: '' }), set('Ben', { a: '', b: '' }));
  expect(lastAction(events)).toMatchObject({ did: 'set a breakpoint on', stepId: 'b' });
  expect(settersOf(events)).toEqual({ b: 'Ben' });
  const more = journal(set('', { a: '' }), set('Ben', { a: 'x > 1' }));
  expect(lastAction(more)).toMatchObject({ did: 'changed the condition on', stepId: 'a' });
  expect(lastAction(journal(set('', { a: '' }), set('Ben', {})))).toMatchObject({
    did: 'removed the breakpoint from',
    stepId: 'a',
  });
  expect(lastAction(journal(set('', {}, true), set('Ben', {})))?.did).toBe('continued');
});
