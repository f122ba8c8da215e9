import { z } from 'zod';
import { modelPolicySchema } from '@/lib/models/schema';
import type { Plan } from '@/lib/runs/schema';
import { elementIdSchema } from '@/lib/workflows/schema';
import {
  type ChildOutcome,
  defineNode,
  type NodeContext,
  StepError,
  suspend,
} from '../node-type/define-node';
import { maxPlanSteps, type PlannedStep, plannedStepsSchema, planOf } from './planner-plan';
import {
  type Asking,
  askForAnswer,
  askForPlan,
  foundText,
  type Reply,
  type Round,
  resultsOf,
} from './planner-talk';

const agentSchema = z.strictObject({
  id: elementIdSchema,
  agent: z.string().max(100).default('').meta({
    title: 'Agent',
    help: 'An agent of this workspace. Empty: a general assistant.',
    widget: 'agent',
  }),
  purpose: z.string().max(2_000).default('').meta({
    title: 'When to use it',
    help: 'The plan is made with this in mind: what the agent is good at.',
  }),
});

/** Characters of earlier results that each step of a plan is told. */
const maxFoundText = 30_000;

/** The plans so far, the newest last. */
const memoSchema = z.object({
  plan: z.array(z.object({ why: z.string(), steps: plannedStepsSchema })),
});
type Memo = z.infer<typeof memoSchema>;

export default defineNode({
  type: 'planner',
  kind: 'task',
  title: 'Planning agent',
  summary: 'Plans steps towards a goal, runs them and adapts the plan to the results.',
  group: 'Agents',
  outward: 'This calls a model, which may cost money.',
  icon: 'brain',
  aliases: ['plan', 'autonomous', 'orchestrator', 'supervisor', 'goal', 'subtasks', 'auto gpt'],
  config: z.strictObject({
    goal: z.string({ error: 'Enter a goal.' }).min(1, 'Enter a goal.').max(100_000).meta({
      title: 'Goal',
      description: 'The goal. {{ steps.name.output.text }} inserts an earlier answer.',
      widget: 'prompt',
    }),
    agents: z.array(agentSchema).max(20).default([]).meta({
      title: 'Agents',
      description: 'Agents that the plan may use.',
      widget: 'rows',
    }),
    http: z.boolean().default(false).meta({
      title: 'Allow web requests',
      description: 'The plan may include steps that send GET requests.',
    }),
    steps: z.int().min(1).max(maxPlanSteps).default(8).meta({
      title: 'Max. steps',
      description: 'Per plan.',
      merge: 'max',
    }),
    rounds: z.int().min(1).max(10).default(3).meta({
      title: 'Max. plans',
      description: 'Including the first. After the last one it must answer.',
      merge: 'max',
    }),
    model: modelPolicySchema.meta({
      title: 'Model',
      help: 'The model that makes the plan. Auto: local, then cloud.',
      widget: 'model',
      merge: 'ask',
    }),
  }),
  subtitle: (config) => config.goal,
  sample: {
    text: 'The answer.',
    plan: [{ why: 'Facts first.', steps: [{ id: 'facts', name: 'Facts', type: 'model' }] }],
    results: [{ facts: { text: 'What is known.' } }],
  },
  async run(context, config) {
    const { plan } = context.memo === undefined ? { plan: [] } : memoSchema.parse(context.memo);
    const rounds: Round[] = [];
    for (const [index, { steps }] of plan.entries()) {
      const [ended] = await context.children(index + 1, { results: true });
      rounds.push({ steps, outcome: ended && (await hydrated(context, ended)) });
    }
    const goal = await context.render(config.goal);
    const { agents, http, steps, model: policy } = config;
    const roundsLeft = config.rounds - rounds.length;
    const asking: Asking = { policy, goal, agents, http, steps, rounds, roundsLeft };
    const next = roundsLeft > 0 ? await nextOf(context, asking) : undefined;
    if (next && 'steps' in next) {
      const memo: Memo = { plan: [...plan, { why: next.why, steps: next.steps }] };
      return suspend({
        kind: 'children',
        memo,
        ask: memo,
        children: {
          of: { kind: 'plan', plan: next.plan },
          inputs: [{}],
          concurrency: 1,
          failFast: true,
          round: rounds.length + 1,
        },
      });
    }
    const text = next ? next.text : await askForAnswer(context, asking);
    const count = plan.reduce((sum, one) => sum + one.steps.length, 0);
    context.note?.(`${plan.length} ${plan.length === 1 ? 'plan' : 'plans'}, ${count} steps.`);
    return { text, plan, results: rounds.map(resultsOf) };
  },
});

/** An outcome with its values read in: of a plan that failed, those of the steps that did not. */
async function hydrated(context: NodeContext, ended: ChildOutcome): Promise<ChildOutcome> {
  if (ended.ok) return { ...ended, output: await context.hydrate(ended.output) };
  return {
    ...ended,
    results: (await context.hydrate(ended.results ?? {})) as typeof ended.results,
  };
}

type Next = { text: string } | { why: string; steps: PlannedStep[]; plan: Plan };

/** The next plan, checked, or the answer. A plan that is refused may be written once more. */
async function nextOf(context: NodeContext, asking: Asking): Promise<Next> {
  const rehearsal = context.scope.run.mode === 'rehearsal';
  let refused: string[] | undefined;
  for (let tries = 0; tries < 2; tries += 1) {
    const asked = rehearsal ? undefined : await askForPlan(context, asking, refused);
    const reply = !asked || asked.rehearsed ? await rehearsed(context, asking) : asked;
    if (reply.done) return { text: reply.text };
    const { why, steps } = reply;
    const background = {
      goal: asking.goal.slice(0, 20_000),
      found: foundText(asking.rounds, maxFoundText),
    };
    const name = `Plan ${asking.rounds.length + 1}`;
    const made = planOf(steps, background, { steps: asking.steps, http: asking.http, name });
    if ('plan' in made) return { why, steps, plan: made.plan };
    refused = made.problems;
  }
  const message = `The model’s plan cannot be run: ${refused?.join(' ')}`;
  throw new StepError('invalid_plan', message, { retryable: true });
}

/** The scripted model knows no goals: its plan is always the same. */
async function rehearsed(context: NodeContext, asking: Asking): Promise<Reply> {
  if (asking.rounds.length > 0) {
    return { done: true, text: await askForAnswer(context, asking), rehearsed: true };
  }
  const step = (id: string, name: string, instruction: string, after: string[]) =>
    ({ id, name, type: 'model', agent: '', instruction, after }) as const;
  const steps = [
    step('facts', 'Gather facts', 'List what is known and what is missing.', []),
    step('risks', 'Look for risks', 'List what could go wrong.', []),
    step('draft', 'Write a draft', 'Write what the goal asks for.', ['facts', 'risks']),
  ].slice(0, asking.steps);
  const why = 'Rehearsed: this plan is always the same; a language model would write its own.';
  return { done: false, why, steps, rehearsed: true };
}
