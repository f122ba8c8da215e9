import { createBrowserDisk } from './disk';
import { createOfflineStore, type OfflineStore } from './offline-store';
import { createTabLocks } from './tab-locks';

let made: OfflineStore | undefined;

/** The one {@link OfflineStore} of this tab. */
export function browserOfflineStore(): OfflineStore {
  made ??= createOfflineStore(createBrowserDisk(), createTabLocks());
  return made;
}
