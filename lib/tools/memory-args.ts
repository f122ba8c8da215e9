import { z } from 'zod';
import type { NamedSpace } from '@/lib/memory/calls';
import { StepError } from '@/lib/nodes/node-type/define-node';
import type { ToolContext } from './define-tool';

/** Whose memory a tool means: no other is open to agents. */
export const memoryArg = z
  .enum(['own', 'workspace'])
  .default('own')
  .describe('own: yours; workspace: what everybody here shares.');

export const expiresInDays = z
  .number()
  .positive()
  .max(3_650)
  .optional()
  .describe('Days after which it is forgotten by itself.');

export function spaceOf(
  memory: z.infer<typeof memoryArg>,
  { calledBy }: Pick<ToolContext, 'calledBy'>,
): NamedSpace {
  if (memory === 'workspace') return { kind: 'workspace' };
  if (calledBy === undefined) {
    const problem = 'No agent uses this tool here, so there is no own memory: use workspace.';
    throw new StepError('invalid_arguments', problem);
  }
  return { kind: 'agent', name: calledBy };
}
