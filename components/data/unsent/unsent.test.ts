import { afterEach, expect, test, vi } from 'vitest';
import { unsent } from './unsent';

afterEach(() => vi.unstubAllGlobals());

function aStore(room = Number.POSITIVE_INFINITY) {
  const held = new Map<string, string>();
  return {
    getItem: (key: string) => held.get(key) ?? null,
    setItem(key: string, text: string) {
      if (text.length > room) throw new DOMException('full', 'QuotaExceededError');
      held.set(key, text);
    },
    removeItem: (key: string) => void held.delete(key),
  };
}

function browser(session: object | undefined, local: object | undefined) {
  vi.stubGlobal('sessionStorage', session);
  vi.stubGlobal('localStorage', local);
}

test('a reload finds what was typed, and the next tab too', () => {
  const local = aStore();
  browser(aStore(), local);
  unsent.set('a', 'Hello');
  expect(unsent.get('a')).toBe('Hello');
  browser(aStore(), local);
  expect(unsent.get('a')).toBe('Hello');
  unsent.set('a', '');
  expect(unsent.get('a')).toBe('');
  // Another tab does not bring it back.
  browser(aStore(), local);
  expect(unsent.get('a')).toBe('');
});

test('without room, or without any store, the newest text is kept in memory alone', () => {
  browser(aStore(5), aStore(5));
  unsent.set('b', 'short');
  unsent.set('b', 'much longer');
  expect(unsent.get('b')).toBe('much longer');
  unsent.set('b', 'again');
  expect(unsent.get('b')).toBe('again');
  browser(undefined, undefined);
  unsent.set('c', 'Hello');
  expect(unsent.get('c')).toBe('Hello');
  unsent.set('c', '');
  expect(unsent.get('c')).toBe('');
});
