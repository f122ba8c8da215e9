import { z } from 'zod';
import { maxSkills, type Needs, skillSchema } from '@/lib/agents/assignment/needs';
import { toolNameSchema } from '@/lib/tools/settings';
import { elementIdSchema } from '@/lib/workflows/schema';

const fits = { field: 'who', is: 'fits' };

/** What a step asks of whoever does it, where it names no agent. */
export const needSettings = {
  skills: z
    .array(
      z.strictObject({
        id: elementIdSchema,
        name: skillSchema.meta({ title: 'Skill', help: 'One word or a few, in lower case.' }),
      }),
    )
    .max(maxSkills)
    .default([])
    .meta({
      title: 'Skills',
      description: 'An agent that has all of these. Agents’ skills are set on their pages.',
      widget: 'chips',
      chips: 'skills',
      when: fits,
    }),
  needTools: z
    .array(
      z.strictObject({
        id: elementIdSchema,
        name: toolNameSchema.meta({ title: 'Tool', help: 'A tool that the agent must have.' }),
      }),
    )
    .max(maxSkills)
    .default([])
    .meta({
      title: 'Needed tools',
      description: 'It has been given these, and they work now.',
      widget: 'chips',
      chips: 'tools',
      when: fits,
    }),
  privacy: z
    .enum(['any', 'local'])
    .default('any')
    .meta({
      title: 'Privacy',
      help: 'With “On this machine”, only agents whose model is bound to this machine are taken.',
      labels: { any: 'Any model', local: 'On this machine' },
      when: fits,
    }),
  ifNobody: z
    .enum(['fail', 'ask'])
    .default('fail')
    .meta({
      title: 'If nobody can do it',
      help: '“Ask a person” shows who failed and how. They let agents try again, write the answer, or let the step fail; the run waits meanwhile.',
      labels: { fail: 'Fail', ask: 'Ask a person' },
      when: fits,
    }),
  maxUsd: z.number().positive().max(10_000).optional().meta({
    title: 'Max. cost (US dollars)',
    description: 'Agents whose tasks usually cost more are left out; the task may cost no more.',
    advanced: true,
    when: fits,
  }),
  maxMinutes: z.number().positive().max(1_440).optional().meta({
    title: 'Max. time (minutes)',
    description:
      'Agents whose tasks usually take longer are left out; the task may take no longer.',
    advanced: true,
    when: fits,
  }),
};

type Chosen = {
  skills: readonly { name: string }[];
  needTools: readonly { name: string }[];
  privacy: Needs['privacy'];
  maxUsd?: number | undefined;
  maxMinutes?: number | undefined;
};

/** The same as a choice among agents takes it. */
export function needsOf({ skills, needTools, privacy, maxUsd, maxMinutes }: Chosen): Needs {
  const names = (rows: readonly { name: string }[]) => [...new Set(rows.map(({ name }) => name))];
  return {
    ...{ skills: names(skills), tools: names(needTools), privacy },
    ...(maxUsd === undefined ? {} : { maxUsd }),
    ...(maxMinutes === undefined ? {} : { maxMinutes }),
  };
}
