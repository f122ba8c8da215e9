import { expect, test } from 'vitest';
import { poolProblems } from './pool-problems';

const node = (id: string, type: string, config: Record<string, string>) => ({
  ...{ id, key: id, type, name: id, position: { x: 0, y: 0 }, config },
});

test('a step that names a pool which is not there is told so; other names are left alone', () => {
  const nodes = [
    node('there', 'send-message', { kind: 'pool', name: 'Team' }),
    node('gone', 'ask-message', { kind: 'pool', name: 'Old' }),
    node('taken', 'receive-messages', { name: 'Old' }),
    node('made', 'send-message', { kind: 'pool', name: '{{ input.pool }}' }),
    node('agent', 'send-message', { kind: 'agent', name: 'Old' }),
    { ...node('off', 'send-message', { kind: 'pool', name: 'Old' }), disabled: true },
    node('other', 'code', { kind: 'pool', name: 'Old' }),
  ];
  const definition = { schema: 1 as const, name: 'W', description: '', nodes, edges: [] };
  expect(
    poolProblems(definition, ['Team']).map(({ nodeId, message }) => [nodeId, message]),
  ).toEqual(
    ['gone', 'taken'].map((id) => [
      id,
      'There is no pool "Old" in this workspace. Create it under Agents, or name another one.',
    ]),
  );
});
