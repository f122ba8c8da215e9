import { defineStrategy } from './define-strategy';

export default defineStrategy({
  name: 'version',
  title: 'Refuse',
  summary: 'The write is refused, with the value that is there.',
  expects: 'absent',
  resolve: () => ({ do: 'refuse' }),
});
