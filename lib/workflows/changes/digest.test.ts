import { expect, test } from 'vitest';
import { createDigest } from './digest';

const nameOf = (id: string) => ({ a: 'Clean', b: 'Report', c: 'Send', d: 'Store' })[id];

test('what somebody changed is one sentence, and is said once', () => {
  const digest = createDigest();
  digest.add('Ben', { 'nodes/a': ['config.prompt'] });
  digest.add('Ben', { 'nodes/a': ['config.prompt'], 'nodes/b': ['name'] });
  digest.add('Cleo', { 'nodes/gone': ['-Old'], 'nodes/c': ['+'] });
  expect(digest.take(nameOf)).toBe('Ben changed Clean and Report. Cleo added Send, deleted Old.');
  expect(digest.take(nameOf)).toBe('');
});

test('many steps are counted', () => {
  const digest = createDigest();
  const position = ['position'];
  digest.add('Ben', {
    'nodes/a': position,
    'nodes/b': position,
    'nodes/c': position,
    'nodes/d': position,
    meta: ['name'],
  });
  expect(digest.take(nameOf)).toBe(
    'Ben changed Clean, Report and 2 more steps, changed the workflow’s settings.',
  );
});
