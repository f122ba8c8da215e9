import { noArgument } from './arguments';
import { defineCommand } from './define-command';

export default defineCommand({
  name: 'budget',
  summary: 'Show what this chat has cost, and the budgets.',
  words: ['cost', 'spending', 'money', 'price'],
  argument: noArgument,
  hint: '',
  permission: 'spending.read',
  effect: 'read',
});
