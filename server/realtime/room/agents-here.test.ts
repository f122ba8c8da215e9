import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createAgentsHere } from './agents-here';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('takes an agent off the canvas within ten seconds of the last that it said', () => {
  const gone: number[] = [];
  const agents = createAgentsHere((clientId) => gone.push(clientId));
  agents.heard(1, true);
  agents.heard(2, true);
  vi.advanceTimersByTime(7_000);
  agents.heard(2, true);
  expect(gone).toEqual([]);
  vi.advanceTimersByTime(3_000);
  expect(gone).toEqual([1]);
  agents.heard(2, false);
  vi.advanceTimersByTime(20_000);
  expect(gone).toEqual([1]);
  agents.heard(3, true);
  agents.close();
  vi.advanceTimersByTime(20_000);
  expect(gone).toEqual([1]);
});
