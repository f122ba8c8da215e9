import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createObservable } from '@/components/observable/observable';
import { type DraftStatus, loadingStatus } from '../draft-status';
import { debouncedStatus } from './debounced-status';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp() {
  const status = createObservable<DraftStatus>({ ...loadingStatus, phase: 'saved' });
  const shown = debouncedStatus(status);
  const heard: string[] = [];
  shown.subscribe(() => heard.push(`${shown.get().phase} ${shown.get().pending}`));
  const set = (change: Partial<DraftStatus>) => status.set({ ...status.get(), ...change });
  return { shown, heard, set };
}

it('says once that somebody who types is saved, and never while an edit is not', () => {
  const { heard, set } = setUp();
  for (let letter = 0; letter < 5; letter += 1) {
    set({ phase: 'saving', pending: 1 });
    vi.advanceTimersByTime(20);
    set({ phase: 'saved', pending: 0 });
    vi.advanceTimersByTime(30);
  }
  expect(heard).toEqual(['saving 1']);
  vi.runAllTimers();
  expect(heard).toEqual(['saving 1', 'saved 0']);
});

it('tells everything else at once, and counts what waits at rest', () => {
  const { heard, set } = setUp();
  set({ phase: 'saving', pending: 1 });
  set({ pending: 2 });
  set({ pending: 3 });
  vi.runAllTimers();
  set({ phase: 'offline' });
  set({ phase: 'refused' });
  expect(heard).toEqual(['saving 1', 'saving 3', 'offline 3', 'refused 3']);
});
