import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { runStatuses } from '@/lib/runs/schema';
import { agentInputSchema } from '../schema';

export const maxDescription = 2_000;
const tag = 'Agents';

export const draftAgent = defineRoute({
  id: 'agents.draft',
  method: 'POST',
  path: '/agents/draft',
  summary:
    'Draft an agent out of a sentence: instructions, skills, tools, model and budget. A model drafts it where one is available, else a built-in role and rules do. Nothing is stored.',
  tag,
  permission: 'agents.edit',
  resumes: true,
  body: z.strictObject({
    description: z
      .string()
      .trim()
      .min(1, 'say what the agent should do')
      .max(maxDescription, `use at most ${maxDescription} characters`),
    /** False: no model is asked, so nothing is spent. */
    useModel: z.boolean().default(true),
  }),
  result: z.strictObject({
    agent: agentInputSchema,
    /** What the sentence left open, and how it was taken. */
    assumptions: z.array(z.string()),
    /** Tasks to try it with. */
    examples: z.array(z.string()),
    made: z.strictObject({
      by: z.enum(['model', 'rules']),
      model: z.string().nullable(),
      /** The built-in role that it follows. */
      role: z.string().nullable(),
      /** How it was made, for people. */
      note: z.string(),
      /** The run in which a model was asked. */
      runs: z.array(z.uuid()),
    }),
  }),
});
export type DraftedAgent = z.infer<typeof draftAgent.result>;

export const tryAgent = defineRoute({
  id: 'agents.try',
  method: 'POST',
  path: '/agents/try',
  summary:
    'Try an agent that is not stored yet on one task: starts a run of one step. Only its tools that read are there; what changes something is left out.',
  tag,
  permission: 'agents.edit',
  body: z.strictObject({
    agent: agentInputSchema.pick({ name: true, instructions: true, model: true, tools: true }),
    input: z.string().trim().min(1, 'enter a task').max(20_000),
    /** What its turns may cost together, in US dollars. */
    budgetUsd: z.number().positive().max(10_000).optional(),
  }),
  result: z.strictObject({
    id: z.uuid(),
    status: z.enum(runStatuses),
    /** Tools that take part, and those that are left out because they change something. */
    tools: z.array(z.string()),
    left: z.array(z.string()),
  }),
  status: 202,
});
export const agentDraftContracts = [draftAgent, tryAgent];
