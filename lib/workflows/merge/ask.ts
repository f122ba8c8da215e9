import { defineMerge } from './define-merge';

export default defineMerge({
  name: 'ask',
  summary: 'One value is used for now; the other person chooses between both.',
  asks: true,
  resolve: ({ theirs }) => ({ value: theirs, lost: true }),
});
