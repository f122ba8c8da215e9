import type { Plan } from '@/lib/runs/schema';
import { compile } from '@/lib/workflows/compile';
import { definitionSchema } from '@/lib/workflows/schema';
import agent from '../agent';

/** An agent of a panel: its handle, and its name on screen. */
export type Member = { agent: string; name: string };

/** What an agent is to give back: JSON that every provider can be held to. */
const replyForm = {
  type: 'object',
  properties: {
    answer: { type: 'string' },
    claims: { type: 'array', items: { type: 'string' } },
    evidence: { type: 'array', items: { type: 'string' } },
    sure: { type: 'number' },
    changed: { type: 'boolean' },
  },
  required: ['answer', 'claims', 'evidence', 'sure', 'changed'],
  additionalProperties: false,
};

/** The step of an agent in a stage. */
export const stepOf = (member: number) => `m${member}`;

/** The plan of one stage: each agent that is asked is a step, and all run at once. One that fails stops no other. */
export function stagePlan(
  members: readonly Member[],
  asked: readonly number[],
  round: number,
): Plan {
  const definition = definitionSchema.parse({
    name: round === 0 ? 'Blind answers' : `Discussion, round ${round}`,
    nodes: asked.map((member, at) => ({
      ...{ id: stepOf(member), key: stepOf(member), type: 'agent' },
      name: members[member]?.name ?? 'Agent',
      position: { x: 0, y: at * 160 },
      config: {
        agent: members[member]?.agent ?? '',
        prompt: `{{ input.prompts.${stepOf(member)} }}`,
        ...{ history: 'input.history', files: 'input.files' },
        outputSchema: JSON.stringify(replyForm),
      },
      policy: {
        retry: { attempts: 2, backoffMs: 500, maxBackoffMs: 5_000 },
        onError: 'continue',
      },
    })),
    edges: [],
  });
  const plan = compile(definition, { agent });
  return { ...plan, outputs: plan.steps.map(({ id }) => id) };
}

/** What a stage is given: the words for each agent, and the same talk and files for all. */
export const stageInput = (
  prompts: ReadonlyMap<number, string>,
  history: unknown,
  files: unknown,
) => ({
  prompts: Object.fromEntries([...prompts].map(([member, text]) => [stepOf(member), text])),
  ...{ history, files },
});

/** What a step of a stage gave, by the place of its agent; undefined where it gave nothing. */
export function outputOf(outputs: unknown, asked: readonly number[], member: number): unknown {
  if (typeof outputs !== 'object' || outputs === null) return undefined;
  // A run with one step alone gives its output as it is.
  if (asked.length === 1 && !(stepOf(member) in outputs)) return outputs;
  return Reflect.get(outputs, stepOf(member));
}
