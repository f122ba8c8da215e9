import { z } from 'zod';
import { defineTool } from '../define-tool';

export default defineTool({
  name: 'ask_person',
  title: 'Ask a person',
  description:
    'Asks a person of the workspace and waits for the answer, however long it takes. Use it when something is missing that only people know or decide.',
  input: z.strictObject({
    question: z.string().min(1).max(2_000),
    choices: z.array(z.string().min(1).max(200)).max(10).default([]),
  }),
  effect: 'idempotent',
  risk: 0,
  approval: 'never',
  permission: 'runs.read',
  run: async ({ question, choices }) => ({ pause: 'question', question, choices }),
});
