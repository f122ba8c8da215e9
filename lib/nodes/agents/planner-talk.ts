import type { ModelPolicy } from '@/lib/models/schema';
import { objectIn } from '@/lib/values/unknown';
import { type ChildOutcome, type NodeContext, StepError } from '../node-type/define-node';
import { maxPlanSteps, type PlannedStep, plannedStepsSchema, planTypes } from './planner-plan';

/** Characters of one result that a model is shown, and of the goal. */
const maxShown = 6_000;
const maxGoal = 20_000;
/** Characters of all results together. */
const maxFound = 60_000;

/** What a round came to. */
export type Round = { steps: readonly PlannedStep[]; outcome: ChildOutcome | undefined };

export type Asking = {
  policy: ModelPolicy;
  goal: string;
  agents: readonly { agent: string; purpose: string }[];
  http: boolean;
  steps: number;
  rounds: readonly Round[];
  roundsLeft: number;
};

export type Reply =
  | { done: true; text: string; rehearsed: boolean }
  | { done: false; why: string; steps: PlannedStep[]; rehearsed: boolean };

/** The outputs of a round's steps by id; those that were skipped, or not come to, are missing. */
export function resultsOf({ steps, outcome }: Round): Record<string, unknown> {
  if (!outcome?.ok) return outcome?.results ?? {};
  const [only, ...more] = steps;
  if (only && more.length === 0) return { [only.id]: outcome.output };
  return objectIn(outcome.output) ?? {};
}

/**
 * What earlier rounds found, for people and models; empty before the first. Of a plan that failed, what its finished
 * steps found, and which steps are not done. Where all of it is longer than `most` characters, each result loses its end.
 */
export function foundText(rounds: readonly Round[], most = maxFound): string {
  const results = rounds.map(resultsOf);
  const count = results.reduce((sum, one) => sum + Object.keys(one).length, 0);
  const each = Math.max(100, Math.min(maxShown, Math.floor(most / Math.max(1, count)) - 150));
  const parts = rounds.flatMap(({ steps, outcome }, round) => {
    const known = results[round] ?? {};
    const found = steps.flatMap(({ id, name, type }) =>
      type === 'switch' || !(id in known) ? [] : [`${name} (${id}):\n${textOf(known[id], each)}`],
    );
    if (outcome?.ok !== false) return found;
    const left = steps.filter(({ id }) => !(id in known)).map(({ name, id }) => `${name} (${id})`);
    const why = `The plan did not end well: ${outcome.error.message.slice(0, 2_000)}`;
    return [...found, left.length > 0 ? `${why}\nNot done: ${left.join(', ')}` : why];
  });
  return parts.join('\n\n').slice(0, most);
}

function textOf(output: unknown, most: number): string {
  const value =
    typeof output === 'object' && output !== null && 'text' in output ? output.text : output;
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

/** Asks for a plan, or, after a round, for the rest of it or the answer. `refused` are the last reply's problems. */
export async function askForPlan(
  context: NodeContext,
  asking: Asking,
  refused?: readonly string[],
): Promise<Reply> {
  const { goal, rounds } = asking;
  const answer = await context.model({
    policy: asking.policy,
    system: rulesOf(asking),
    messages: [
      {
        role: 'user',
        content: [
          `Goal:\n${goal.slice(0, maxGoal)}`,
          ...(rounds.length === 0 ? [] : [`Results so far:\n${foundText(rounds)}`]),
          ...(refused ? [`Your last plan was refused:\n- ${refused.join('\n- ')}`] : []),
        ].join('\n\n'),
      },
    ],
    outputSchema: replySchema,
  });
  const { done, text, why, steps } = objectIn(answer.value) ?? {};
  const { rehearsed } = answer;
  if (done === true && rounds.length > 0) return { done, text: String(text ?? ''), rehearsed };
  const parsed = plannedStepsSchema.safeParse(steps ?? []);
  if (!parsed.success) {
    throw new StepError('invalid_plan', 'The model wrote no plan.', { retryable: true });
  }
  return { done: false, why: String(why ?? ''), steps: parsed.data, rehearsed };
}

/** Asks for the answer alone, when nothing more can be run. */
export async function askForAnswer(context: NodeContext, asking: Asking): Promise<string> {
  const answer = await context.model({
    policy: asking.policy,
    system: 'Answer the goal from the results. Say what is missing instead of guessing.',
    messages: [
      {
        role: 'user',
        content: `Goal:\n${asking.goal.slice(0, maxGoal)}\n\nResults:\n${foundText(asking.rounds)}`,
      },
    ],
  });
  return answer.text;
}

function rulesOf({ agents, http, steps, rounds, roundsLeft }: Asking): string {
  return [
    'You plan the way to a goal as steps of a small workflow, which is then run, and you see the results.',
    rounds.length === 0
      ? 'Write the first plan: "done" is false.'
      : 'Adapt what is left to the results: give further steps, or set "done" and write the answer in "text".',
    `At most ${steps} steps. After these, you may plan ${Math.max(0, roundsLeft - 1)} more times.`,
    'Each step has an "id" (lower-case letters, digits, "_"), a short "name", a "type", an "instruction" and "after": ids of the steps whose results it needs. Steps that need nothing of each other run side by side.',
    'Types:',
    '- agent: "instruction" is a task for an agent, "agent" its handle or empty.',
    '- model: "instruction" is a question for a language model.',
    '- transform: "instruction" is a CEL expression, such as steps.a.output.text.size().',
    '- switch: "instruction" is a CEL condition; later steps name "id:yes" or "id:else" in "after".',
    ...(http ? ['- http: "instruction" is an address that is read with GET.'] : []),
    ...(agents.length === 0 ? [] : ['Agents:']),
    ...agents.map(({ agent, purpose }) => `- ${agent || 'assistant'}: ${purpose}`),
    'Only steps of this plan can be named; results of earlier plans are given to every step.',
    'Fields that a step does not need are empty.',
  ].join('\n');
}

const text = { type: 'string' };
const replySchema = {
  type: 'object',
  properties: {
    done: { type: 'boolean' },
    text,
    why: text,
    steps: {
      type: 'array',
      maxItems: maxPlanSteps,
      items: {
        type: 'object',
        properties: {
          id: text,
          name: text,
          type: { type: 'string', enum: [...planTypes] },
          agent: text,
          instruction: text,
          after: { type: 'array', items: text },
        },
        required: ['id', 'name', 'type', 'agent', 'instruction', 'after'],
        additionalProperties: false,
      },
    },
  },
  required: ['done', 'text', 'why', 'steps'],
  additionalProperties: false,
};
