import { z } from 'zod';
import { modelModes } from '@/lib/models/schema';
import { cleanName } from '@/lib/names/name-problem';
import type { Definition } from '@/lib/workflows/schema';
import { skillSchema } from '../assignment/needs';
import { handleOf } from '../handle-of';
import type { Draft, KnownTool } from './by-rules';

const answerSchema = z.object({
  name: z.string(),
  description: z.string().default(''),
  instructions: z.string().min(40),
  skills: z.array(z.string()).max(20).default([]),
  tools: z.array(z.string()).max(60).default([]),
  model: z.enum(['auto', ...modelModes]).default('auto'),
  budgetUsd: z.number().min(0).max(10_000).default(0),
  assumptions: z.array(z.string()).max(20).default([]),
  examples: z.array(z.string()).max(5).default([]),
});

const texts = { type: 'array', items: { type: 'string' } };
const jsonSchema = {
  type: 'object',
  properties: {
    name: { type: 'string' },
    description: { type: 'string' },
    instructions: { type: 'string' },
    skills: texts,
    tools: texts,
    model: { type: 'string', enum: ['auto', ...modelModes] },
    budgetUsd: { type: 'number' },
    assumptions: texts,
    examples: texts,
  },
  required: [
    ...['name', 'description', 'instructions', 'skills', 'tools', 'model', 'budgetUsd'],
    ...['assumptions', 'examples'],
  ],
  additionalProperties: false,
};

const rules = `You draft an agent for a team out of what somebody asks for. Answer with:
- name: up to five words. description: one line.
- instructions: what it is responsible for, how it works step by step, what it must not do, what it does when something is missing or unclear, and the form of its answer. Write to the agent ("You …"), 100 to 400 words, in the language of the request.
- skills: one to four words or short phrases for what it is good at.
- tools: only names of the list below, and only those that the work needs. None is better than one too many.
- model: auto, unless the request wishes for cheapest, fastest, best or balanced. budgetUsd: what one task may cost; 0 where the request says nothing.
- assumptions: what the request left open, and how you took it. examples: two or three tasks as people would give them.`;

/** The run that asks a model for a draft: one step, so that it is budgeted, counted and shown as every other call. */
export const draftRun = (): Definition => ({
  ...{ schema: 1, name: 'Agent from a description', description: '', edges: [] },
  nodes: [
    {
      ...{ id: 'draft', key: 'draft', type: 'model', name: 'Draft the agent' },
      position: { x: 0, y: 0 },
      config: {
        ...{ model: 'auto', system: '{{ input.instructions }}', prompt: '{{ input.question }}' },
        outputSchema: JSON.stringify(jsonSchema),
      },
      policy: { retry: { attempts: 2, backoffMs: 500, maxBackoffMs: 5_000 } },
    },
  ],
});

/** Tools that a model is told of: more would cost more than they help. */
const maxTold = 80;

export const questionOf = (description: string, tools: readonly KnownTool[]) => ({
  instructions: `${rules}\n\nTools:\n${tools
    .slice(0, maxTold)
    .map(({ name, title }) => `- ${name}: ${title}`)
    .join('\n')}`,
  question: description,
});

/** What a model drafted, with only such tools as there are; undefined where it is no agent. `base` holds what it left out. */
export function readDraft(
  value: unknown,
  base: Draft,
  tools: readonly KnownTool[],
): Omit<Draft, 'role'> | undefined {
  const parsed = answerSchema.safeParse(value);
  if (!parsed.success) return undefined;
  const { name: given, description, instructions, model, budgetUsd, assumptions } = parsed.data;
  const known = new Map(tools.map((tool) => [tool.name, tool]));
  const wanted = [...new Set(parsed.data.tools)];
  const unknown = wanted.filter((tool) => !known.has(tool));
  const name = cleanName(given).slice(0, 100).trim() || base.agent.name;
  const skills = parsed.data.skills.flatMap((skill) => skillSchema.safeParse(skill).data ?? []);
  return {
    agent: {
      ...base.agent,
      ...{ name, handle: handleOf(name) || base.agent.handle },
      description: description.slice(0, 1_000),
      instructions: instructions.slice(0, 50_000),
      skills: [...new Set(skills)],
      tools: wanted.flatMap((tool) => {
        const found = known.get(tool);
        if (found === undefined) return [];
        return [{ name: tool, ref: found.ref, approval: 'policy' as const }];
      }),
      // What the sentence itself says of the model and of money counts more than what a model makes of it.
      model: base.agent.model !== 'auto' || model === 'auto' ? base.agent.model : { mode: model },
      limits: {
        ...base.agent.limits,
        ...(base.agent.limits.budgetUsd === undefined && budgetUsd > 0 ? { budgetUsd } : {}),
      },
    },
    assumptions: [
      ...assumptions.map((text) => text.slice(0, 500)),
      ...(unknown.length === 0 ? [] : [`There is no tool ${unknown.join(', ')} here.`]),
    ],
    examples: parsed.data.examples.map((text) => text.slice(0, 500)).slice(0, 3),
  };
}
