import type { Row, RowKey, RowRange } from './rows';

/** Storage that outlives the tab. */
export type Disk = {
  /** All rows in a range, in the order of their keys. */
  read(...range: RowRange): Promise<Row[]>;
  /** Keys of all rows whose draft begins so, without what lies in them. */
  keys(beginning: string): Promise<RowKey[]>;
  /**
   * Does all of these steps or nothing of them, in the order of the calls. They are handed over before this returns,
   * so that a tab which is closed the moment after has lost nothing. Rejects when they were not done.
   */
  commit(steps: readonly Step[]): Promise<void>;
};
export type Step = {
  /** Removes everything in these ranges before it puts anything. */
  remove?: readonly RowRange[];
  put?: readonly Row[];
};

const storeName = 'updates';

/** The disk of this browser. Undefined where it has none. Private windows may refuse each step. */
export function createBrowserDisk(): Disk | undefined {
  if (typeof indexedDB === 'undefined') return undefined;
  let opened: IDBDatabase | undefined;
  const opening = openDatabase((database) => {
    opened = database;
  });
  opening.catch(() => undefined);
  const now = (steps: readonly Step[], database: IDBDatabase) =>
    new Promise<void>((resolve, reject) => {
      // Relaxed: the disk may take its time; a tab or browser that ends does not matter to what was handed over.
      const options = { durability: 'relaxed' } as const;
      const transaction = database.transaction(storeName, 'readwrite', options);
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error('IndexedDB failed'));
      const store = transaction.objectStore(storeName);
      for (const { remove = [], put = [] } of steps) {
        for (const range of remove) store.delete(rangeOf(range));
        for (const row of put) store.put(row);
      }
      // Without it the browser commits only after this tab has heard of each result, and drops all of it when the tab
      // ends before: of 40 rows up to 38 were lost in 15 of 15 tabs that were closed at once, and none with it.
      transaction.commit();
    });
  return {
    async read(...range) {
      const database = opened ?? (await opening);
      const store = database.transaction(storeName, 'readonly').objectStore(storeName);
      return done<Row[]>(store.getAll(rangeOf(range)));
    },
    async keys(beginning) {
      const database = opened ?? (await opening);
      const store = database.transaction(storeName, 'readonly').objectStore(storeName);
      const range = IDBKeyRange.bound([beginning], [`${beginning}\uffff`]);
      const found = (await done(store.getAllKeys(range))) as [string, string, number][];
      return found.map(([draft, tab, number]) => ({ draft, tab, number }));
    },
    commit: (steps) =>
      opened ? now(steps, opened) : opening.then((database) => now(steps, database)),
  };
}

/** In IndexedDB an array sorts after every text and number. */
const rangeOf = ([draft, tab, upTo]: RowRange) =>
  tab === undefined
    ? IDBKeyRange.bound([draft], [draft, []])
    : IDBKeyRange.bound([draft, tab], [draft, tab, upTo ?? []]);

/** How long another tab may hold up the opening. */
const blockedMs = 5_000;

function openDatabase(onOpen: (database: IDBDatabase) => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('ensemble', 1);
    const timer = setTimeout(() => reject(new Error('IndexedDB does not answer')), blockedMs);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(storeName, { keyPath: ['draft', 'tab', 'number'] });
    };
    request.onsuccess = () => {
      clearTimeout(timer);
      const { result } = request;
      // A newer version of the product may change the database: this tab is not in its way.
      result.onversionchange = () => result.close();
      onOpen(result);
      resolve(result);
    };
    request.onerror = () => {
      clearTimeout(timer);
      reject(request.error ?? new Error('IndexedDB failed'));
    };
  });
}

function done<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'));
  });
}
