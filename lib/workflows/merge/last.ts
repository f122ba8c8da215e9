import { defineMerge } from './define-merge';

export default defineMerge({
  name: 'last',
  summary: 'The last value wins; the other person is notified and can restore theirs.',
  resolve: ({ theirs }) => ({ value: theirs, lost: true }),
});
