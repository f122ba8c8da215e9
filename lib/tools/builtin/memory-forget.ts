import { z } from 'zod';
import { defineTool } from '../define-tool';
import { memoryArg, spaceOf } from '../memory-args';

export default defineTool({
  name: 'memory_forget',
  title: 'Forget',
  description:
    'Takes an entry out of memory by its path. People can still find it in the history and bring it back.',
  input: z.strictObject({
    path: z.string().min(1).max(500).describe('Path of the entry.'),
    memory: memoryArg,
  }),
  effect: 'idempotent',
  risk: 2,
  approval: 'policy',
  permission: 'memory.edit',
  async run({ path, memory }, context) {
    const space = spaceOf(memory, context);
    const { outcome } = await context.service('memory', { do: 'delete', space, path });
    return { path, forgotten: outcome === 'deleted' };
  },
});
