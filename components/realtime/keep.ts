import type { ClaimedOrigin } from '@/lib/workflows/origin';

/** Edits on disk until the server has them, so that a reload while it is away loses nothing. */
export type Keep = {
  /** What earlier tabs of this person left behind, oldest first; it belongs to the caller from now on. */
  left(workflowId: string, userId: string): Promise<KeptEdit[]>;
  open(workflowId: string, userId: string, clientId: number): KeptDraft;
};
export type KeptEdit = { update: Uint8Array; origin?: ClaimedOrigin | undefined };
export type KeptDraft = {
  add(edit: KeptEdit): void;
  /** The server has everything that was added. */
  clear(): void;
  close(): void;
};

type Row = KeptEdit & { draft: string; tab: string; number: number };

const storeName = 'updates';

/**
 * A {@link Keep} in IndexedDB. A tab's edits are found by others only when its lock is free, so that the edits of a
 * tab that lives are not taken from it. Where the browser has no IndexedDB or no locks, nothing is kept.
 */
export function createBrowserKeep(): Keep | undefined {
  if (typeof indexedDB === 'undefined' || typeof navigator === 'undefined' || !navigator.locks) {
    return undefined;
  }
  const database = openDatabase();
  // A browser that refuses (private windows) leaves edits in memory alone.
  database.catch(() => undefined);
  const draftOf = (workflowId: string, userId: string) => `${userId}\n${workflowId}`;
  return {
    left: (workflowId, userId) => takeLeft(database, draftOf(workflowId, userId)).catch(() => []),
    open: (workflowId, userId, clientId) =>
      openKept(database, draftOf(workflowId, userId), `${workflowId}\n${clientId}`),
  };
}

function openKept(database: Promise<IDBDatabase>, draft: string, tab: string): KeptDraft {
  const closed = Promise.withResolvers<void>();
  navigator.locks.request(lockOf(tab), () => closed.promise).catch(() => undefined);
  // Each write is handed over at once, so that a tab which is closed the moment after has lost nothing: IndexedDB
  // itself does them in their order. A failed one costs the copy on disk, never the edit.
  let opened: IDBDatabase | undefined;
  const ready = database.then(
    (db) => {
      opened = db;
    },
    () => undefined,
  );
  const open = new Set<Promise<unknown>>();
  const write = (work: (store: IDBObjectStore) => IDBRequest) => {
    const now = async () => {
      if (!opened) await ready;
      if (opened) await done(work(storeOf(opened, 'readwrite')));
    };
    const writing = now()
      .catch(() => undefined)
      .finally(() => open.delete(writing));
    open.add(writing);
  };
  let number = 0;
  const add = (edit: KeptEdit) => {
    const row: Row = { ...edit, draft, tab, number: ++number };
    write((store) => store.add(row));
  };
  return {
    add,
    clear: () => write((store) => store.delete(rangeOf(draft, tab))),
    close: () => void Promise.allSettled(open).then(() => closed.resolve()),
  };
}

async function takeLeft(database: Promise<IDBDatabase>, draft: string): Promise<KeptEdit[]> {
  const range = rangeOf(draft);
  const rows: Row[] = await done((await storeIn(database, 'readonly')).getAll(range));
  const taken: KeptEdit[] = [];
  for (const tab of new Set(rows.map((row) => row.tab))) {
    const free = await navigator.locks.request(lockOf(tab), { ifAvailable: true }, async (lock) => {
      if (!lock) return false;
      const store = await storeIn(database, 'readwrite');
      await done(store.delete(rangeOf(draft, tab)));
      return true;
    });
    if (free) for (const row of rows) if (row.tab === tab) taken.push(row);
  }
  return taken;
}

/** All keys that begin so: in IndexedDB an array sorts after every text and number. */
const rangeOf = (...begin: string[]) => IDBKeyRange.bound(begin, [...begin, []]);

const lockOf = (tab: string) => `ensemble draft ${tab}`;

async function storeIn(
  database: Promise<IDBDatabase>,
  mode: IDBTransactionMode,
): Promise<IDBObjectStore> {
  return storeOf(await database, mode);
}

/** Relaxed: the disk may take its time, a tab or browser that ends does not matter to what was handed over. */
function storeOf(database: IDBDatabase, mode: IDBTransactionMode): IDBObjectStore {
  return database.transaction(storeName, mode, { durability: 'relaxed' }).objectStore(storeName);
}

function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open('ensemble', 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(storeName, { keyPath: ['draft', 'tab', 'number'] });
  };
  return done(request);
}

function done<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'));
  });
}
