import { defineStrategy } from './define-strategy';

export default defineStrategy({
  name: 'last',
  title: 'Last writer wins',
  summary: 'The new value is written; the one before stays in the history.',
  expects: 'any',
  resolve: ({ mine }) => ({ do: 'write', value: mine }),
});
