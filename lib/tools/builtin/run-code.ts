import { z } from 'zod';
import { codeLimits } from '@/lib/code/code-job';
import { StepError } from '@/lib/nodes/node-type/define-node';
import { defineTool } from '../define-tool';

export default defineTool({
  name: 'run_code',
  title: 'Run code',
  description:
    'Runs JavaScript in a sandbox without network and files, and gives what it returns. Example: "return rows.filter(row => row.amount > 100)". lodash, dayjs and yaml can be required.',
  input: z.strictObject({
    source: z.string().min(1).max(codeLimits.sourceCharacters),
    values: z
      .record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,40}$/), z.unknown())
      .default({})
      .describe('Values that the code names.'),
  }),
  effect: 'read',
  risk: 0,
  approval: 'never',
  permission: 'runs.start',
  async run({ source, values }, context) {
    const { usual: timeoutMs } = codeLimits.timeoutMs;
    const { usual: memoryMb } = codeLimits.memoryMb;
    const end = await context.code({ source, names: values, timeoutMs, memoryMb });
    const lines = end.console.slice(0, 50).map(({ text }) => text);
    if (end.ok) return { value: end.value, ...(lines.length > 0 ? { console: lines } : {}) };
    const where = end.line === undefined ? '' : `Line ${end.line}: `;
    throw new StepError(`code_${end.fault}`, `${where}${end.message}`);
  },
});
