import { expect, test } from 'vitest';
import { catalogue } from '@/lib/nodes/catalogue';
import { findableNote, findableTriggers } from '@/lib/triggers/findable';
import { isNodeIcon } from './node-icon';

test('every step and trigger has an icon of its own, not the box of an unknown one', () => {
  const all = [...Object.values(catalogue), ...findableTriggers, findableNote];
  expect(all.length).toBeGreaterThan(60);
  expect(all.filter(({ icon }) => icon === undefined || !isNodeIcon(icon))).toEqual([]);
});
