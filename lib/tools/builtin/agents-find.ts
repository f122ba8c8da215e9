import { z } from 'zod';
import { defineTool } from '../define-tool';

export default defineTool({
  name: 'agents_find',
  title: 'Find agents',
  description:
    'Lists agents of this workspace with what they are for, their tools, and what they are doing. Look here before you give work to somebody else.',
  input: z.strictObject({
    words: z
      .string()
      .max(200)
      .default('')
      .describe('Words that name, handle or description hold. Empty: all.'),
    limit: z.int().min(1).max(100).default(30),
  }),
  effect: 'read',
  risk: 0,
  approval: 'never',
  permission: 'agents.read',
  run: async ({ words, limit }, context) => ({ agents: await context.findAgents(words, limit) }),
});
