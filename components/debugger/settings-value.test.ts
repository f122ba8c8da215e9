import { expect, test } from 'vitest';
import { changedSettings, withMovedRow, withoutRow, withRow, withValue } from './settings-value';

const settings = { prompt: 'x', model: { tier: 'fast' }, fields: [{ id: 'r1', name: 'a' }] };

test('a value changes where its path leads, by name, by row id and by place', () => {
  expect(withValue(settings, ['model', 'tier'], 'deep')).toMatchObject({ model: { tier: 'deep' } });
  const renamed = [{ id: 'r1', name: 'b' }];
  expect(withValue(settings, ['fields', 'r1', 'name'], 'b').fields).toEqual(renamed);
  expect(withValue(settings, ['fields', 0, 'name'], 'b').fields).toEqual(renamed);
  expect(withValue(settings, ['model'], undefined)).not.toHaveProperty('model');
  expect(withValue({}, ['model', 'tier'], 'deep')).toEqual({ model: { tier: 'deep' } });
  expect(settings.fields[0]?.name).toBe('a');
});

test('rows come, go and move', () => {
  const two = withRow(settings, 'fields', { id: 'r2' });
  expect(two.fields).toHaveLength(2);
  expect(withMovedRow(two, 'fields', 'r2', -1).fields).toMatchObject([{ id: 'r2' }, { id: 'r1' }]);
  expect(withoutRow(two, 'fields', 'r1').fields).toEqual([{ id: 'r2' }]);
});

test('only what differs is sent', () => {
  expect(changedSettings(settings, settings)).toEqual({});
  expect(changedSettings(settings, { ...settings, prompt: 'y', more: 1 })).toEqual({
    prompt: 'y',
    more: 1,
  });
});
