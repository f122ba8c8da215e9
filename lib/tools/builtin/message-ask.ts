import { z } from 'zod';
import { defineTool } from '../define-tool';
import { planAsk } from '../plan-ask';

export default defineTool({
  name: 'message_ask',
  title: 'Ask and wait',
  description:
    'Sends a message to another agent, a person or a pool, and waits for the reply, however long it takes within the hours that you give. Use it when you cannot go on without the answer. Say all that the reader needs: they see nothing of your task.',
  input: z.strictObject({
    kind: z.enum(['agent', 'person', 'pool']).default('agent').describe('Who is asked.'),
    to: z
      .string()
      .min(1)
      .max(100)
      .describe('Handle of the agent, email address or name of the person, name of the pool.'),
    text: z.string().min(1).max(20_000),
    waitHours: z.number().positive().max(720).default(24),
  }),
  effect: 'once',
  risk: 1,
  approval: 'policy',
  permission: 'messages.write',
  private: true,
  begins: true,
  run: async (args, { calledBy }) => ({ pause: 'run', ...planAsk({ ...args, by: calledBy }) }),
});
