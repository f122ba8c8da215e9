import { z } from 'zod';
import { defineTool } from '../define-tool';
import { findTool } from '../search/find-tool';

export default defineTool({
  name: findTool,
  title: 'Find tools',
  description:
    'Finds tools that you may use but that are not listed, by what they do. Those that it finds are listed from your next turn on. Look here before you say that something cannot be done.',
  input: z.strictObject({
    words: z.string().min(1).max(300).describe('What the tool should do, in a few words.'),
    limit: z.int().min(1).max(10).default(5),
  }),
  effect: 'read',
  risk: 0,
  approval: 'never',
  permission: 'agents.read',
  given: true,
  run: async ({ words, limit }, context) => context.findTools(words, limit),
});
