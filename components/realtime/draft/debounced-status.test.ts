import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type DraftStatus, loadingStatus } from '../draft-status';
import { createObservable } from '../observable';
import { debouncedStatus } from './debounced-status';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp() {
  const status = createObservable<DraftStatus>({ ...loadingStatus, phase: 'saved' });
  const shown = debouncedStatus(status);
  const told: string[] = [];
  shown.subscribe(() => told.push(`${shown.get().phase} ${shown.get().pending}`));
  const set = (change: Partial<DraftStatus>) => status.set({ ...status.get(), ...change });
  return { shown, told, set };
}

it('says once that somebody who types is saved, and never while an edit is not', () => {
  const { told, set } = setUp();
  for (let letter = 0; letter < 5; letter += 1) {
    set({ phase: 'saving', pending: 1 });
    vi.advanceTimersByTime(20);
    set({ phase: 'saved', pending: 0 });
    vi.advanceTimersByTime(30);
  }
  expect(told).toEqual(['saving 1']);
  vi.runAllTimers();
  expect(told).toEqual(['saving 1', 'saved 0']);
});

it('tells everything else at once, and counts what waits at rest', () => {
  const { told, set } = setUp();
  set({ phase: 'saving', pending: 1 });
  set({ pending: 2 });
  set({ pending: 3 });
  vi.runAllTimers();
  set({ phase: 'offline' });
  set({ phase: 'refused' });
  expect(told).toEqual(['saving 1', 'saving 3', 'offline 3', 'refused 3']);
});
