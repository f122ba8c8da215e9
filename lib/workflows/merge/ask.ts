import { defineMerge } from './define-merge';

export default defineMerge({
  name: 'ask',
  summary: 'One value stands for now; who lost sees both until they have chosen.',
  asks: true,
  resolve: ({ theirs }) => ({ value: theirs, lost: true }),
});
