import { expect, it } from 'vitest';
import { initialConfig } from './initial-config';
import { drawingOf } from './node-types';

it('gives a switch its first case, and others nothing', () => {
  const config = initialConfig('switch', () => 'abcdefgh-1234');
  expect(config).toEqual({ cases: [{ id: 'abcdefgh', condition: '', label: '' }] });
  expect(initialConfig('http', () => 'x')).toEqual({});
  expect(initialConfig('unknown', () => 'x')).toEqual({});
});

it('names the only connection of a step that needs one', () => {
  const only = (kinds: readonly string[]) => (kinds.includes('smtp') ? 'Office mail' : undefined);
  const begin = (type: string) => initialConfig(type, () => 'x', undefined, only);
  expect(begin('send-mail')).toEqual({ connection: 'Office mail' });
  expect(begin('sql-query')).toEqual({});
  expect(
    initialConfig(
      'http',
      () => 'x',
      undefined,
      () => 'Any',
    ),
  ).toEqual({});
});

it('draws unfinished steps without holes', () => {
  const node = (type: string, config: object) => ({
    id: 'n',
    key: 'n',
    type,
    name: 'N',
    position: { x: 0, y: 0 },
    config: config as never,
  });
  expect(drawingOf(node('http', {})).subtitle).toBe('GET');
  expect(drawingOf(node('switch', {})).ports.map((port) => port.id)).toEqual(['else']);
  const begun = initialConfig('switch', () => 'case1');
  expect(drawingOf(node('switch', begun)).ports.map((port) => port.label)).toEqual([
    'Case 1',
    'Else',
  ]);
  expect(drawingOf(node('nobody-knows', {})).ports.map((port) => port.id)).toEqual(['out']);
});

it('a step on rows takes those of the step before it, where that gives rows', () => {
  const after = (type: string, source: string) =>
    initialConfig(type, () => 'x', { type: source, key: 'before' });
  expect(after('filter', 'read-file')).toEqual({ rows: 'steps.before.output.rows' });
  expect(after('limit', 'sort')).toEqual({ rows: 'steps.before.output.rows' });
  expect(after('parse-data', 'write-data')).toEqual({ text: 'steps.before.output.text' });
  expect(after('filter', 'delay')).toEqual({});
  expect(after('delay', 'read-file')).toEqual({});
});
