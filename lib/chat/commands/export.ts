import { noArgument } from './arguments';
import { defineCommand } from './define-command';

export default defineCommand({
  name: 'export',
  summary: 'Save this chat as a Markdown file.',
  words: ['download', 'markdown', 'save'],
  argument: noArgument,
  hint: '',
  permission: 'chat.read',
  effect: 'read',
});
