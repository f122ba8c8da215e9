import { cleanup, configure } from '@testing-library/react';
import { toast } from 'sonner';
import { afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';
import { fetchAllLater } from '../ui/later';
import { resetApi, startApi } from './api';
import { completeBrowser } from './browser';
import { resetRealtime } from './socket';

completeBrowser();
// A machine that is busy with other things takes its time.
configure({ asyncUtilTimeout: 25_000 });

/** What React complains of, such as two children with one key, is a fault like any other. */
const complaints: string[] = [];
/** next-themes sets the theme by a script before the first paint. */
const isKnown = (text: string) => text.includes('script tag while rendering React');

// A part whose code comes later would replace what a test has just found, whenever the machine gets to it.
beforeAll(fetchAllLater);

beforeEach(() => {
  resetApi();
  resetRealtime();
  startApi();
  complaints.length = 0;
  vi.spyOn(console, 'error').mockImplementation((...said: unknown[]) => {
    const text = said.map(String).join(' ');
    if (!isKnown(text)) complaints.push(text);
  });
});

afterEach(() => {
  // A field that vanishes while somebody writes in it keeps the keys that follow: files share the page that knows of it.
  document.dispatchEvent(new Event('pointerdown'));
  document.dispatchEvent(new Event('pointerup'));
  cleanup();
  // The list of toasts outlives the page that shows it, and files share one module: the next test would see them.
  // Not before the page is gone: what it still does about a toast would close what the next test opens.
  toast.dismiss();
  vi.useRealTimers();
  vi.restoreAllMocks();
  localStorage.clear();
  sessionStorage.clear();
  expect([...resetApi(), ...resetRealtime(), ...complaints]).toEqual([]);
});
