import { z } from 'zod';
import { defineCommand } from './define-command';

export default defineCommand({
  name: 'remember',
  summary: 'Keep something in the memory of this chat.',
  words: ['memorise', 'note', 'store', 'keep'],
  argument: z
    .string()
    .trim()
    .min(1, 'Say what to remember.')
    .max(10_000, 'Remember at most 10,000 characters at once.'),
  hint: 'text',
  permission: 'memory.edit',
  effect: 'reversible',
});
