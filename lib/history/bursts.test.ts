import { expect, test } from 'vitest';
import type { AuthoredChange } from '@/lib/workflows/changes/authored-update';
import type { ChangedPaths } from '@/lib/workflows/changes/changed-paths';
import { blameOf } from './blame';
import { burstsOf, joinBursts } from './bursts';
import { describeChanges } from './describe';

const minute = 60_000;
const change = (
  seq: number,
  userId: string,
  at: number,
  changedPaths: ChangedPaths,
): AuthoredChange => ({
  seq,
  userId,
  source: 'person',
  at,
  changedPaths,
});

test('groups what one author did without a long pause, also beside others', () => {
  const bursts = burstsOf([
    change(1, 'ana', 0, { 'nodes/a': ['name'] }),
    change(2, 'ben', minute, { 'nodes/b': ['+'] }),
    change(3, 'ana', 2 * minute, { 'nodes/a': ['name', 'config.prompt'] }),
    change(4, 'ana', 8 * minute, { meta: ['name'] }),
    { ...change(5, 'ana', 8 * minute, { meta: ['name'] }), source: 'api' },
  ]);
  expect(bursts.map(({ fromSeq, toSeq, userId }) => [fromSeq, toSeq, userId])).toEqual([
    [1, 3, 'ana'],
    [2, 2, 'ben'],
    [4, 4, 'ana'],
    [5, 5, 'ana'],
  ]);
  expect(bursts[0]?.changedAt).toEqual({
    'nodes/a': { name: 2 * minute, 'config.prompt': 2 * minute },
  });
  expect(joinBursts(bursts)).toEqual(bursts);
});

test('cuts at versions and pauses, so that nothing is dated after what it went into', () => {
  const typed = [0, 30_000, 60_000, 90_000].map((at, index) =>
    change(index + 1, 'ana', at, { 'nodes/a': ['name'] }),
  );
  const spans = (bursts: ReturnType<typeof burstsOf>) =>
    bursts.map(({ startedAt, endedAt }) => [startedAt, endedAt]);
  expect(spans(burstsOf(typed))).toEqual([[0, 90_000]]);
  // Published at 0:45, and at the very moment of an edit that is in the version.
  expect(spans(burstsOf(typed, [45_000]))).toEqual([
    [0, 30_000],
    [60_000, 90_000],
  ]);
  expect(spans(burstsOf(typed, [30_000, 60_000]))).toEqual([
    [0, 30_000],
    [60_000, 60_000],
    [90_000, 90_000],
  ]);
  expect(joinBursts(burstsOf(typed, [45_000]), [45_000])).toHaveLength(2);
  expect(spans(burstsOf(typed, [200_000]))).toEqual([[0, 90_000]]);
  const later = change(5, 'ana', 90_000 + 3 * minute, { 'nodes/a': ['name'] });
  expect(burstsOf([...typed, later])).toHaveLength(2);
});

test('folded in pieces, bursts join to the same', () => {
  const changes = Array.from({ length: 60 }, (_, i) =>
    change(i + 1, i % 3 === 0 ? 'ana' : 'ben', i * 20_000, { [`nodes/${i % 4}`]: ['name'] }),
  );
  const pieces = [0, 20, 40].flatMap((start) => burstsOf(changes.slice(start, start + 20)));
  expect(joinBursts(pieces)).toEqual(burstsOf(changes));
});

test('what went has no other fields, and what came again has another maker', () => {
  const bursts = burstsOf([
    change(1, 'ana', 1, { 'nodes/a': ['+'] }),
    change(2, 'ben', 2, { 'nodes/a': ['config.prompt'] }),
    change(3, 'ana', 3, { 'nodes/a': ['-Ask'] }),
  ]);
  expect(describeChanges(bursts[0]?.changedAt ?? {}, new Map())).toEqual([
    { part: 'nodes', id: 'a', name: 'Ask', change: 'removed', fields: [] },
  ]);
  const again = [...bursts, ...burstsOf([change(4, 'cem', 4, { 'nodes/a': ['+'] })])];
  expect(blameOf(again, 'nodes/a')).toEqual({
    fields: new Map(),
    created: { userId: 'cem', source: 'person', at: 4 },
  });
  const [made, prompted] = burstsOf([
    change(1, 'ana', 1, { 'nodes/a': ['+'] }),
    change(2, 'ben', 2, { 'nodes/a': ['config.prompt'] }),
  ]);
  const blame = blameOf(
    [made, prompted].flatMap((burst) => burst ?? []),
    'nodes/a',
  );
  expect(blame.created?.userId).toBe('ana');
  expect([...blame.fields].map(([field, last]) => [field, last.userId])).toEqual([
    ['config.prompt', 'ben'],
  ]);
});
