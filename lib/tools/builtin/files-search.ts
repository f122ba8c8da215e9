import { z } from 'zod';
import { defineTool } from '../define-tool';

export default defineTool({
  name: 'files_search',
  title: 'Search files',
  description:
    'Finds files of the workspace by words in their name or text. Gives id, name, type and size; read one with files_read.',
  input: z.strictObject({
    query: z.string().max(200).describe('Words that the file must hold. Empty: the newest files.'),
    limit: z.int().min(1).max(50).default(20),
  }),
  effect: 'read',
  risk: 0,
  approval: 'never',
  permission: 'files.read',
  private: true,
  // Whoever sent a file may have named it.
  outside: true,
  run: async ({ query, limit }, context) => ({ files: await context.searchFiles(query, limit) }),
});
