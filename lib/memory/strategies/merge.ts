import { mergeValues } from '../merge/merge-values';
import { defineStrategy } from './define-strategy';

export default defineStrategy({
  name: 'merge',
  title: 'Merge',
  summary: 'Both changes are joined; what both changed differently waits for a decision.',
  expects: 'absent',
  resolve({ base, mine, theirs, counters }) {
    const { value, leaves } = mergeValues({ base, mine, theirs }, counters);
    if (leaves.length > 0 || value === undefined) return { do: 'ask', leaves };
    return { do: 'write', value, merged: true };
  },
});
