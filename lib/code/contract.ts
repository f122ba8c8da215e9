import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { codeLimits } from './code-job';
import { codeEndSchema } from './schema';

const { timeoutMs, memoryMb, sourceCharacters } = codeLimits;

export const tryCode = defineRoute({
  id: 'code.try',
  method: 'POST',
  path: '/code/try',
  summary:
    'Run JavaScript once in the sandbox on the given values, without a run. What the code throws is part of the answer.',
  tag: 'Code',
  permission: 'workflows.edit',
  body: z.strictObject({
    source: z.string().min(1).max(sourceCharacters),
    /** What the code sees, by name. */
    names: z.record(z.string().regex(/^[A-Za-z_]\w{0,63}$/), z.json()).default({}),
    timeoutMs: z.int().min(timeoutMs.min).max(timeoutMs.max).default(timeoutMs.usual),
    memoryMb: z.int().min(memoryMb.min).max(memoryMb.max).default(memoryMb.usual),
  }),
  result: codeEndSchema,
});
export const codeContracts = [tryCode];
