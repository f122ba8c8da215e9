import { expect, test } from 'vitest';
import { goingOn } from './unsaved';

test('edits go on with their own suggestion, or a new one, and never with another', () => {
  const held = new Uint8Array([1]);
  expect(goingOn(undefined, 'a')).toBeUndefined();
  expect(goingOn({ suggestionId: undefined, held }, undefined)).toBe(held);
  expect(goingOn({ suggestionId: undefined, held }, 'a')).toBe(held);
  expect(goingOn({ suggestionId: 'a', held }, 'a')).toBe(held);
  expect(goingOn({ suggestionId: 'a', held }, 'b')).toBeUndefined();
  expect(goingOn({ suggestionId: 'a', held }, undefined)).toBeUndefined();
});
