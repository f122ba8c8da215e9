import { expect, test } from 'vitest';
import type { Peer } from '@/components/realtime/presence';
import { doing, personsOf } from './activity';

const user = (id: string) => ({ id, name: id, color: '#000000' });
const nameOf = (id: string) => ({ clean: 'Clean' })[id];

test('a person with several tabs is one, where they are active', () => {
  const peers: Peer[] = [
    { clientId: 1, user: user('ben'), status: 'away', focus: { nodeId: 'old' } },
    { clientId: 2, user: user('ben'), focus: { nodeId: 'clean', field: 'prompt' } },
    { clientId: 3, user: user('ana') },
  ];
  expect(personsOf(peers).map(({ id, clientId, status }) => [id, clientId, status])).toEqual([
    ['ana', 3, 'active'],
    ['ben', 2, 'active'],
  ]);
});

test('what somebody does is said in words, and never of a step that is gone', () => {
  const active = { status: 'active', suggesting: false } as const;
  expect(doing({ ...active, nodeId: 'clean', field: 'prompt' }, nameOf)).toBe('is editing Clean');
  expect(doing({ ...active, nodeId: 'clean' }, nameOf)).toBe('is looking at Clean');
  expect(doing({ ...active, nodeId: 'gone' }, nameOf)).toBe('is here');
  expect(doing({ ...active, status: 'idle', nodeId: 'clean' }, nameOf)).toBe('is idle');
  expect(doing({ ...active, nodeId: 'clean', field: 'x', suggesting: true }, nameOf)).toBe(
    'is suggesting changes to Clean',
  );
});
