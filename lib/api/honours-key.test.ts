import { expect, test } from 'vitest';
import { contracts } from './contracts';
import { honoursKey } from './define-route';
import { headersOf } from './openapi';

test('every POST by somebody who is known honours Idempotency-Key, and says so', () => {
  const posts = contracts.filter(({ method }) => method === 'POST');
  const without = posts.filter((contract) => !('idempotency-key' in headersOf(contract).shape));
  expect(without.every(({ permission }) => permission === 'anyone')).toBe(true);
  expect(posts.filter(honoursKey).length).toBe(posts.length - without.length);
  expect(posts.filter(honoursKey).length).toBeGreaterThan(30);
  // These keep the key in the rows of what they start, in the same commit.
  const own = posts.filter(({ ownKeys }) => ownKeys).map(({ id }) => id);
  expect(own.sort()).toEqual([
    'agents.ag-ui',
    'chat.completions',
    'chat.post',
    'runs.fork',
    'runs.send-event',
    'runs.start',
  ]);
});
