import { expect, test } from 'vitest';
import { daysLeft, goesAt } from './trash';

test('a workflow stays in the trash for thirty days, and a begun day counts', () => {
  const deleted = Date.UTC(2026, 1, 10, 12);
  const goes = goesAt(deleted);
  expect(new Date(goes).toISOString()).toBe('2026-03-12T12:00:00.000Z');
  expect(daysLeft(goes, deleted)).toBe(30);
  expect(daysLeft(goes, deleted + 1)).toBe(30);
  expect(daysLeft(goes, goes - 1)).toBe(1);
  expect(daysLeft(goes, goes + 5)).toBe(0);
});
