import { cleanup } from '@testing-library/react';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { resetApi, startApi } from './api';
import { completeBrowser } from './browser';
import { resetRealtime } from './socket';

// React tells of updates outside of `act` where this is set; Testing Library wraps its own.
Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
completeBrowser();

beforeEach(() => {
  resetApi();
  resetRealtime();
  startApi();
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
  localStorage.clear();
  sessionStorage.clear();
  const faults = [...resetApi(), ...resetRealtime()];
  expect(faults).toEqual([]);
});
