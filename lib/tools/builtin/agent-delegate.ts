import { z } from 'zod';
import { maxSkills, skillSchema } from '@/lib/agents/assignment/needs';
import { planTask } from '@/lib/agents/plan-task';
import { StepError } from '@/lib/nodes/node-type/define-node';
import { defineTool } from '../define-tool';
import { delegated } from '../delegated';
import { toolNameSchema } from '../settings';

export default defineTool({
  name: 'agent_delegate',
  title: 'Delegate to an agent',
  description:
    'Gives a part of your task to another agent of this workspace and waits for what comes of it. The agent sees only what you write here: say the goal, all facts and material that it needs, and how you will know that it is done. It has its own tools, and no more rights and budget than you.',
  input: z.strictObject({
    agent: z
      .string()
      .min(1)
      .max(60)
      .transform((handle) => handle.replace(/^@/, ''))
      .optional()
      .describe('Its handle; agents_find lists them. Leave it out to say what is needed instead.'),
    needs: z
      .strictObject({
        skills: z.array(skillSchema).max(maxSkills).default([]),
        tools: z.array(toolNameSchema).max(maxSkills).default([]),
        privacy: z.enum(['any', 'local']).default('any'),
        maxMinutes: z.number().positive().max(1_440).optional(),
      })
      .optional()
      .describe('Instead of an agent: what it must have. The one that fits best gets the task.'),
    task: z.string().min(1).max(20_000),
    why: z.string().min(1).max(500).describe('Why this agent; people read it.'),
    budgetUsd: z.number().positive().max(10_000).optional().describe('What it may cost at most.'),
  }),
  effect: 'once',
  risk: 1,
  approval: 'policy',
  permission: 'runs.start',
  private: true,
  begins: true,
  async run({ agent: handle, needs, task, why, budgetUsd }, context) {
    if ((handle === undefined) === (needs === undefined)) {
      const problem = 'Name either an agent, or what is needed of one.';
      throw new StepError('invalid_arguments', problem, { noEffect: true });
    }
    const by = context.calledBy === undefined ? '' : ` by @${context.calledBy}`;
    const input = `This is delegated to you${by}. Why you: ${why}\n\n${task}`;
    if (handle === undefined) {
      const allowed = allowedFor(await context.delegation(), {}, budgetUsd);
      return {
        pause: 'run',
        ...planTask({ needs, input, title: task, budgetUsd: allowed.budgetUsd }),
      };
    }
    const agent = await context.agent(handle);
    if (agent === undefined) {
      const problem = `There is no agent @${handle} here. agents_find lists those that there are.`;
      throw new StepError('no_such_agent', problem, { noEffect: true });
    }
    const allowed = allowedFor(await context.delegation(), agent, budgetUsd);
    return {
      pause: 'run',
      ...planTask({ agent, input, title: task, budgetUsd: allowed.budgetUsd }),
    };
  },
});

function allowedFor(...asked: Parameters<typeof delegated>): { budgetUsd: number | undefined } {
  const allowed = delegated(...asked);
  if (!('problem' in allowed)) return allowed;
  throw new StepError('delegation_refused', allowed.problem, { noEffect: true });
}
