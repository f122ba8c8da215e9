import { expect, test } from 'vitest';
import { reactions } from '@/lib/models/failing/reactions';
import { failureBodies } from '../testing/recorded/failure-bodies';
import { kindOf, modelFailure } from './failure';
import { classOf } from './failure-class';
import { factsOf } from './failure-facts';

/** An error as an SDK makes it of a refusal. */
const errorOf = (status: number | undefined, body: unknown, headers: object = {}) =>
  Object.assign(new Error(typeof body === 'string' ? body : JSON.stringify(body)), {
    ...{ status, headers, error: body },
  });

test.each(failureBodies.map((one) => [`${one[0]} (${one[1]})`, one] as const))(
  '%s',
  (_, [, status, body, kind, waitMs, headers]) => {
    const error = errorOf(status, body, headers);
    const facts = factsOf(error, '');
    expect(classOf(facts)).toBe(kind);
    if (waitMs !== undefined) {
      expect(Math.abs((facts.retryAfterMs ?? Number.NaN) - waitMs)).toBeLessThanOrEqual(1);
    } else if (kind === 'rate') expect(facts.retryAfterMs).toBeUndefined();
    expect(kindOf(modelFailure(error, 'openai', 'm', ''))).toBe(kind);
  },
);

test('there are bodies of many kinds', () => {
  expect(failureBodies.length).toBeGreaterThanOrEqual(120);
  expect(failureBodies.filter(([name]) => name.startsWith('Gemini 429'))).toHaveLength(12);
  const kinds = new Set(failureBodies.map(([, , , kind]) => kind));
  // Those that no provider tells of: silence, and a limit of the workspace's own.
  expect([...kinds, 'stalled', 'limit'].sort()).toEqual(Object.keys(reactions).sort());
});
