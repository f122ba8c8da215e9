import { z } from 'zod';
import { grantApprovals, type TaskLimits, type ToolGrant } from '@/lib/tools/settings';
import { elementIdSchema } from '@/lib/workflows/schema';

const rowSchema = z.strictObject({
  id: elementIdSchema,
  name: z
    .string({ error: 'Choose a tool.' })
    .regex(/^[a-z][a-z0-9_]{0,63}$/, 'Choose a tool.')
    .meta({ title: 'Tool', help: 'What the agent may use in this step.', widget: 'tool' }),
  approval: z
    .enum(grantApprovals)
    .default('policy')
    .meta({
      title: 'Approval',
      help: 'When a person is asked before the tool acts.',
      labels: { policy: 'By the tool’s rule', always: 'Ask each time', never: 'Do not ask' },
    }),
  connection: z.string().max(100).optional().meta({
    title: 'Connection',
    help: 'Credentials that its requests get.',
    widget: 'connection',
  }),
});

/** Settings of the step that change what its agent may use, and where it stops. */
export const toolSettings = {
  toolChoice: z
    .enum(['agent', 'only', 'more', 'none'])
    .default('agent')
    .meta({
      title: 'Tools',
      description: 'Which of its tools the agent may use in this step.',
      labels: {
        agent: 'All of the agent’s tools',
        only: 'Only some of them',
        more: 'Others besides',
        none: 'No tools',
      },
    }),
  tools: z
    .array(rowSchema)
    .max(60)
    .default([])
    .meta({
      title: 'Chosen tools',
      help: 'The tools that are left to the agent, or that it gets besides its own.',
      widget: 'rows',
      when: { field: 'toolChoice', is: ['only', 'more'] },
    }),
  maxTurns: z.int().min(1).max(100).optional().meta({
    title: 'Max. turns',
    description: 'Answers of the model before it stops. Empty: the agent’s own limit.',
    advanced: true,
  }),
  budgetUsd: z.number().positive().max(10_000).optional().meta({
    title: 'Budget (US dollars)',
    description:
      'What its turns may cost together; no turn begins beyond it. Empty: the agent’s own.',
    advanced: true,
  }),
};

type Chosen = {
  toolChoice: 'agent' | 'only' | 'more' | 'none';
  tools: readonly z.infer<typeof rowSchema>[];
};

/** What the agent may use in a step. Of its own tools the agent's settings count; a step may only make them stricter. */
export function grantsOf(own: readonly ToolGrant[], { toolChoice, tools }: Chosen): ToolGrant[] {
  if (toolChoice === 'none') return [];
  if (toolChoice === 'agent') return [...own];
  const rows = new Map(tools.map((row) => [row.name, row]));
  const kept = own
    .filter(({ name }) => toolChoice === 'more' || rows.has(name))
    .map((grant): ToolGrant => {
      const stricter = rows.get(grant.name)?.approval === 'always';
      return stricter ? { ...grant, approval: 'always' } : grant;
    });
  if (toolChoice === 'only') return kept;
  const added = tools.filter(({ name }) => !own.some((grant) => grant.name === name));
  return [
    ...kept,
    ...added.map(({ name, approval, connection }) => ({
      ...{ name, approval },
      ...(connection ? { connection } : {}),
    })),
  ];
}

/** The agent's limits, or those of the step where it has some. */
export function limitsOf(
  own: TaskLimits,
  { maxTurns, budgetUsd }: { maxTurns?: number | undefined; budgetUsd?: number | undefined },
): TaskLimits {
  return {
    ...own,
    ...(maxTurns === undefined ? {} : { maxTurns }),
    ...(budgetUsd === undefined ? {} : { budgetUsd }),
  };
}
