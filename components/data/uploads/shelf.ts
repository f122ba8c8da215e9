import type { FileInfo } from '@/lib/files/contract';
import { keepHours } from '@/lib/files/uploads/limits';

/** A file whose upload is not over, or whose end nobody has seen yet: a reload finds it. */
export type Shelved = {
  id: string;
  /** Where it will be shown. Begins with whose it is. */
  place: string;
  name: string;
  size: number;
  /** Until it is uploaded. */
  file?: File;
  made?: FileInfo;
  at: number;
};

const storeName = 'uploads';
let opening: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open('ensemble.uploads', 1);
    request.onupgradeneeded = () => request.result.createObjectStore(storeName, { keyPath: 'id' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opening;
}

async function use<Result>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result | undefined> {
  if (typeof indexedDB === 'undefined') return undefined;
  try {
    const store = (await open()).transaction(storeName, mode).objectStore(storeName);
    const request = work(store);
    return await new Promise((resolve, reject) => {
      store.transaction.oncomplete = () => resolve(request.result);
      store.transaction.onabort = () => reject(store.transaction.error);
    });
  } catch {
    // A private window, or no room: an upload works all the same, and does not survive a reload.
    return undefined;
  }
}

export const shelf = {
  put: (row: Shelved) => use('readwrite', (store) => store.put(row)),
  remove: (id: string) => use('readwrite', (store) => store.delete(id)),
  get: (id: string): Promise<Shelved | undefined> => use('readonly', (store) => store.get(id)),
  /** What lies there for a place, the oldest first. Deletes what the server has deleted by now. */
  async at(place: string): Promise<Shelved[]> {
    const rows: Shelved[] = (await use('readonly', (store) => store.getAll())) ?? [];
    const since = Date.now() - keepHours * 3_600_000;
    for (const { id } of rows.filter((row) => row.at < since)) await this.remove(id);
    return rows
      .filter((row) => row.place === place && row.at >= since)
      .sort((one, other) => one.at - other.at);
  },
};
