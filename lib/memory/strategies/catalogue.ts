// Written by `npm run catalog`. Add a file beside this one instead of changing it.
import type { Strategy } from './define-strategy';
import firstEntry from './first';
import lastEntry from './last';
import manualEntry from './manual';
import mergeEntry from './merge';
import versionEntry from './version';

/** Every way to treat a write to memory that met something else than expected, by its name. */
export const catalogue: Readonly<Record<string, Strategy>> = {
  first: firstEntry,
  last: lastEntry,
  manual: manualEntry,
  merge: mergeEntry,
  version: versionEntry,
};
