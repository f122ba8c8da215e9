import { createBrowserDisk } from './disk';
import { createKeep, type Keep } from './keep';
import { createTabLocks } from './tab-locks';

let made: Keep | undefined;

/** The one {@link Keep} of this tab. */
export function browserKeep(): Keep {
  made ??= createKeep(createBrowserDisk(), createTabLocks());
  return made;
}
