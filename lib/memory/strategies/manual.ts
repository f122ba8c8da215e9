import { mergeValues } from '../merge/merge-values';
import { defineStrategy } from './define-strategy';

export default defineStrategy({
  name: 'manual',
  title: 'Ask',
  summary: 'Both values are kept, and somebody decides.',
  expects: 'absent',
  resolve: ({ base, mine, theirs, counters }) => ({
    do: 'ask',
    leaves: mergeValues({ base, mine, theirs }, counters).leaves,
  }),
});
