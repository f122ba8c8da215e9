import { defineMerge } from './define-merge';

export default defineMerge({
  name: 'max',
  summary: 'The larger number wins.',
  resolve({ mine, theirs }) {
    if (typeof mine !== 'number' || typeof theirs !== 'number') {
      return { value: theirs, lost: true };
    }
    return { value: Math.max(mine, theirs), lost: false };
  },
});
