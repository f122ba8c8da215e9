import { defineMerge } from './define-merge';

export default defineMerge({
  name: 'text',
  summary: 'Shared text: everyone’s characters are kept.',
  // Letters never clash. Two texts that were begun at once do: the field was not there before.
  resolve({ mine, theirs }) {
    if (typeof mine !== 'string' || mine === '') return { value: theirs, lost: false };
    if (typeof theirs !== 'string' || theirs === '') return { value: mine, lost: false };
    if (theirs.includes(mine)) return { value: theirs, lost: false };
    return { value: `${theirs}\n${mine}`, lost: false };
  },
});
