import { expect, it } from 'vitest';
import type { DraftNode } from './graph';
import { drawingOf, sameCard } from './node-types';

const node = (type: string, config: Record<string, unknown>, more: Partial<DraftNode> = {}) =>
  ({ id: 'a', key: 'a', type, name: 'A', position: { x: 0, y: 0 }, config, ...more }) as DraftNode;

it('draws what is unfinished, with defaults for what is missing and for what cannot be', () => {
  expect(drawingOf(node('switch', {})).ports.length).toBeGreaterThan(0);
  expect(drawingOf(node('switch', { cases: 'none' })).ports.length).toBeGreaterThan(0);
  expect(drawingOf(node('delay', { amount: 3 })).subtitle).toMatch(/^3 \w+/);
  expect(drawingOf(node('none of ours', {})).subtitle).toContain('Unknown type');
});

it('tells whether a card would look another way', () => {
  const base = node('agent', { prompt: 'Sum up', agent: 'ana' });
  expect(sameCard(base, node('agent', { prompt: 'Sum up!', agent: 'ana' }))).toBe(true);
  for (const other of [
    node('agent', { prompt: 'Sum up', agent: 'ben' }),
    node('agent', base.config, { name: 'B' }),
    node('agent', base.config, { disabled: true }),
    node('agent', base.config, { pinnedOutput: 1 }),
    node('agent', base.config, { policy: { onError: 'port' } as DraftNode['policy'] }),
  ]) {
    expect(sameCard(base, other)).toBe(false);
  }
});
