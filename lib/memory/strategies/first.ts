import { defineStrategy } from './define-strategy';

export default defineStrategy({
  name: 'first',
  title: 'First writer wins',
  summary: 'What is there stays, and the writer is told.',
  expects: 'absent',
  resolve: () => ({ do: 'keep' }),
});
