import { z } from 'zod';
import { defineTool } from '../define-tool';
import { expiresInDays, memoryArg, spaceOf } from '../memory-args';

export default defineTool({
  name: 'memory_remember',
  title: 'Remember',
  description:
    'Keeps a value in memory under a path such as customers/acme/contact, so that later tasks can recall it. What was kept there before stays in the history. Keep facts that will matter again, one per path; never passwords or keys.',
  input: z.strictObject({
    path: z.string().min(1).max(500).describe('Where it is kept: short words, parted by "/".'),
    value: z.unknown().describe('A text or any JSON.'),
    memory: memoryArg,
    version: z
      .int()
      .min(0)
      .optional()
      .describe(
        'The version that you have read, 0 for none: refused if somebody else has written since.',
      ),
    expiresInDays,
  }),
  // Written under the key of the call, so that another attempt of it writes nothing again.
  effect: 'idempotent',
  risk: 1,
  approval: 'policy',
  permission: 'memory.edit',
  async run({ path, value, memory, version, expiresInDays: days }, context) {
    const { entry, outcome } = await context.service('memory', {
      ...{ do: 'put', space: spaceOf(memory, context), path, value },
      ...(version === undefined
        ? { strategy: 'last' as const }
        : { strategy: 'version' as const, expect: version }),
      ...(days === undefined ? {} : { expiresInSeconds: Math.round(days * 86_400) }),
    });
    return { path: entry?.path ?? path, version: entry?.version ?? 0, outcome };
  },
});
