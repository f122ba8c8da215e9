import { defineMerge } from './define-merge';

export default defineMerge({
  name: 'last',
  summary: 'One value wins; who lost is told and can restore theirs.',
  resolve: ({ theirs }) => ({ value: theirs, lost: true }),
});
