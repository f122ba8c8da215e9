import { expect, test } from 'vitest';
import { createUnsavedStore, divideUnsaved } from './unsaved';

function createDisk(room = Number.POSITIVE_INFINITY) {
  const rows = new Map<string, string>();
  return {
    get length() {
      return rows.size;
    },
    key: (index: number) => [...rows.keys()][index] ?? null,
    getItem: (key: string) => rows.get(key) ?? null,
    setItem(key: string, words: string) {
      if (words.length > room) throw new DOMException('full', 'QuotaExceededError');
      rows.set(key, words);
    },
    removeItem: (key: string) => void rows.delete(key),
  };
}
const held = (...bytes: number[]) => new Uint8Array(bytes);
const bytesOf = (found: readonly { held: Uint8Array }[]) => found.map((each) => [...each.held]);

test('edits go on with their own suggestion or a new one; those of another are told apart', () => {
  const rows = [undefined, 'a', 'b'].map((suggestionId) => ({
    ...{ key: '', words: '', suggestionId, held: held(1) },
  }));
  const ids = (suggestionId: string | undefined) => {
    const { goingOn, strayed } = divideUnsaved(rows, suggestionId);
    return [goingOn, strayed].map((each) => each.map((row) => row.suggestionId));
  };
  expect(ids('a')).toEqual([[undefined, 'a'], ['b']]);
  expect(ids(undefined)).toEqual([[undefined], ['a', 'b']]);
});

test('no tab overwrites or forgets what another left', () => {
  const disk = createDisk();
  const [one, two, other] = [
    createUnsavedStore('ana', 'w', () => disk),
    createUnsavedStore('ana', 'w', () => disk),
    createUnsavedStore('ben', 'w', () => disk),
  ];
  one.set({ suggestionId: 'a', held: held(1) });
  two.set({ suggestionId: 'a', held: held(2) });
  expect(bytesOf(two.get())).toEqual([[1], [2]]);
  expect(other.get()).toEqual([]);
  const found = two.get();
  one.set({ suggestionId: 'a', held: held(1, 1) });
  two.forget(found);
  expect(bytesOf(two.get())).toEqual([[1, 1]]);
});

test('a browser without room says so', () => {
  const store = createUnsavedStore('ana', 'w', () => createDisk(10));
  expect(store.set({ suggestionId: 'a', held: held(1, 2, 3) })).toBe(false);
  const forbidden = createUnsavedStore('ana', 'w', () => {
    throw new DOMException('no', 'SecurityError');
  });
  expect(forbidden.set({ suggestionId: undefined, held: held(1) })).toBe(false);
  expect(forbidden.get()).toEqual([]);
});
