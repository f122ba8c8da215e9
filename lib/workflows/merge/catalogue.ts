// Written by `npm run catalog`. Add a file beside this one instead of changing it.
import askEntry from './ask';
import type { MergeStrategy } from './define-merge';
import lastEntry from './last';
import maxEntry from './max';
import textEntry from './text';
import unionEntry from './union';

/** Every way to merge a field that two people set at once, by its name. */
export const catalogue: Readonly<Record<string, MergeStrategy>> = {
  ask: askEntry,
  last: lastEntry,
  max: maxEntry,
  text: textEntry,
  union: unionEntry,
};
