import { z } from 'zod';
import { StepError } from '@/lib/nodes/node-type/define-node';
import { defineTool } from '../define-tool';
import { readMore, readPart } from '../result-text';

const most = 30_000;

export default defineTool({
  name: readMore,
  title: 'Read on',
  description:
    'Reads on in a result that was too long to be given whole. The note at its end says which result, and from where.',
  input: z.strictObject({
    result: z
      .string()
      .regex(/^\d{1,6}\.\d{1,4}$/, 'Use the name that the note gives, such as "3.0".')
      .describe('The name of the result, from the note.'),
    from: z.int().min(0).default(0).describe('The character from which to read.'),
    length: z.int().min(1).max(most).default(most),
  }),
  effect: 'read',
  risk: 0,
  approval: 'never',
  permission: 'runs.read',
  given: true,
  // With the note behind it.
  maxResult: most + 1_000,
  async run({ result: ref, from, length }, context) {
    const whole = await context.wholeResult(ref);
    if (whole === undefined) {
      const problem = `No result "${ref}" is kept: there is no such call.`;
      throw new StepError('not_found', problem, { noEffect: true });
    }
    if (from >= whole.length) {
      const problem = `The result has ${whole.length} characters: there is nothing from ${from} on.`;
      throw new StepError('invalid_arguments', problem, { noEffect: true });
    }
    return readPart(whole, { ref, from, length });
  },
});
