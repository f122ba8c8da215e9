import { noArgument } from './arguments';
import { defineCommand } from './define-command';

export default defineCommand({
  name: 'summarise',
  summary: 'Ask the agent of this chat for a summary of it.',
  words: ['summarize', 'summary', 'recap', 'tldr'],
  argument: noArgument,
  hint: '',
  permission: 'chat.write',
  effect: 'read',
});
