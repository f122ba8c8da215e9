import { expect, test } from 'vitest';
import { idsFrom, wantedOf } from './words';

test('every word is looked for as it stands', () => {
  expect(wantedOf('  Weekly 100%_report ')).toEqual({
    patterns: ['%Weekly%', '%100\\%\\_report%'],
    whole: 'weekly 100%_report',
  });
  expect(wantedOf('a b c d e f g h i j').patterns).toHaveLength(8);
});

test('the beginning of an id gives the ids that begin so', () => {
  expect(idsFrom('3F2a9')).toEqual({
    first: '3f2a9000-0000-0000-0000-000000000000',
    last: '3f2a9fff-ffff-ffff-ffff-ffffffffffff',
  });
  expect(idsFrom('3f2a9b1c-77')?.last).toBe('3f2a9b1c-77ff-ffff-ffff-ffffffffffff');
  for (const other of ['3f2', 'report', 'dead beef']) expect(idsFrom(other)).toBeUndefined();
});
