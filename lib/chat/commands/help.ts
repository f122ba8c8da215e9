import { noArgument } from './arguments';
import { defineCommand } from './define-command';

export default defineCommand({
  name: 'help',
  summary: 'List the commands.',
  words: ['commands', 'what can you do'],
  argument: noArgument,
  hint: '',
  permission: 'chat.read',
  effect: 'read',
});
