import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { pageOf, pageQuery } from '@/lib/api/page';
import { nameSchema } from '@/lib/names/schema';
import { positiveUsdSchema, usdSchema } from '@/lib/spending/pico';
import { changeSchema, experimentStates, goals, isSame, variantIds } from './schema';

const tag = 'Experiments';
const iso = z.iso.datetime();
const params = z.strictObject({ id: z.uuid() });
const decimal = z.string().regex(/^-?\d+(\.\d+)?$/);

const stepTarget = {
  type: z.literal('step'),
  workflowId: z.uuid(),
  stepId: z.string().min(1).max(100),
};
const agentTarget = { type: z.literal('agent'), agentId: z.uuid() };
const targetSchema = z.discriminatedUnion('type', [
  z.strictObject(stepTarget),
  z.strictObject(agentTarget),
]);

const guardrails = {
  /** A variant that costs more a task on average is stopped. */
  maxCostUsd: positiveUsdSchema.nullable(),
  /** A variant of which surely more tasks fail is stopped. */
  maxFailurePercent: z.int().min(1).max(99).nullable(),
};
const variantSchema = z.strictObject({ name: nameSchema(60), change: changeSchema });

/** What the counted tasks of a variant came to. */
const countsSchema = z.strictObject({
  id: z.enum(variantIds),
  name: z.string(),
  change: changeSchema,
  sharePercent: z.int(),
  /** Tasks that got it, those of them that are counted, and those that are left out: cancelled ones and replays. */
  tasks: z.int(),
  counted: z.int(),
  leftOut: z.int(),
  failures: z.int(),
  /** Answers that people rated in a chat, and those of them that they found bad. */
  rated: z.int(),
  foundBad: z.int(),
  costUsd: usdSchema,
  meanCostUsd: usdSchema,
  meanDurationMs: z.int(),
  /** The run of the task that was counted last, to look at; null where there is none. */
  lastRunId: z.uuid().nullable(),
});
export type VariantCounts = z.infer<typeof countsSchema>;

/** B minus A: US dollars, milliseconds, or percentage points, by the goal. */
const differenceSchema = z.strictObject({
  estimate: decimal,
  /** Absent while there are too few tasks for an interval. */
  low: decimal.optional(),
  high: decimal.optional(),
});
const decidedSchema = z.strictObject({
  winner: z.enum(variantIds),
  /** Tasks that were counted then. */
  tasks: z.int(),
  difference: differenceSchema.required(),
  at: iso,
});
export type Decided = z.infer<typeof decidedSchema>;

const summary = {
  id: z.uuid(),
  name: z.string(),
  target: z.discriminatedUnion('type', [
    z.strictObject({ ...stepTarget, workflowName: z.string(), stepName: z.string() }),
    z.strictObject({ ...agentTarget, agentName: z.string(), agentHandle: z.string() }),
  ]),
  goal: z.enum(goals),
  state: z.enum(experimentStates),
  /** Why it was stopped, or who ended it. */
  endReason: z.string().nullable(),
  guardrails: z.strictObject(guardrails),
  /** What the reading said first that was not too early to tell. */
  decided: decidedSchema.nullable(),
  /** The variant whose settings were taken over. */
  adopted: z.enum(variantIds).nullable(),
  startedBy: z.string(),
  startedAt: iso,
  endedAt: iso.nullable(),
};
const summarySchema = z.strictObject({ ...summary, tasks: z.int() });
export type ExperimentSummary = z.infer<typeof summarySchema>;
const experimentSchema = z.strictObject({
  ...summary,
  variants: z.array(countsSchema).length(2),
  difference: differenceSchema,
});
export type Experiment = z.infer<typeof experimentSchema>;

export const listExperiments = defineRoute({
  id: 'experiments.list',
  method: 'GET',
  path: '/experiments',
  summary: 'Experiments of the workspace, newest first.',
  tag,
  permission: 'spending.read',
  query: pageQuery.extend({
    workflow: z.uuid().optional(),
    step: z.string().max(100).optional(),
    agent: z.uuid().optional(),
    state: z.enum(experimentStates).optional(),
  }),
  result: pageOf(summarySchema),
});
export const createExperiment = defineRoute({
  id: 'experiments.create',
  method: 'POST',
  path: '/experiments',
  summary:
    'Start an experiment: two variants of a step of a live workflow, or of an agent, side by side. Runs that start from now on take part; rehearsals, drafts and tests of a step do not.',
  tag,
  permission: 'workflows.edit',
  body: z.strictObject({
    name: nameSchema(100),
    target: targetSchema,
    goal: z.enum(goals),
    /** A, then B. Without a change a variant is the step or agent as it is. */
    variants: z
      .tuple([variantSchema, variantSchema])
      .refine(
        ([a, b]) => JSON.stringify(a.change) !== JSON.stringify(b.change) || isSame(a.change),
        'The two variants are the same.',
      ),
    /** Percent of the tasks that get B. */
    sharePercent: z.int().min(5).max(95).default(50),
    maxCostUsd: guardrails.maxCostUsd.default(null),
    maxFailurePercent: guardrails.maxFailurePercent.default(null),
  }),
  result: experimentSchema,
  status: 201,
});
export const getExperiment = defineRoute({
  id: 'experiments.get',
  method: 'GET',
  path: '/experiments/{id}',
  summary:
    'One experiment: what each variant came to, the difference with its interval, and the winner.',
  tag,
  permission: 'spending.read',
  params,
  result: experimentSchema,
});
export const updateExperiment = defineRoute({
  id: 'experiments.update',
  method: 'PATCH',
  path: '/experiments/{id}',
  summary:
    'Rename an experiment, change its guardrails, or end it. Runs that are under way then keep to it; later ones do not.',
  tag,
  permission: 'workflows.edit',
  params,
  body: z
    .strictObject({ name: nameSchema(100), state: z.literal('ended'), ...guardrails })
    .partial()
    .refine((body) => Object.keys(body).length > 0, 'Name what should change.'),
  result: experimentSchema,
});
export const deleteExperiment = defineRoute({
  id: 'experiments.delete',
  method: 'DELETE',
  path: '/experiments/{id}',
  summary:
    'Delete an experiment with its counts; one that runs ends. The model calls stay on record.',
  tag,
  permission: 'workflows.edit',
  params,
  result: z.strictObject({ id: z.uuid() }),
});
export const adoptVariant = defineRoute({
  id: 'experiments.adopt',
  method: 'POST',
  path: '/experiments/{id}/adopt',
  summary:
    'Take over the settings of a variant: into the draft of the workflow, as an edit that can be undone, or into the agent. The experiment ends.',
  tag,
  permission: 'workflows.edit',
  params,
  body: z.strictObject({ variant: z.enum(variantIds) }),
  result: experimentSchema,
});
export const experimentContracts = [
  listExperiments,
  createExperiment,
  getExperiment,
  updateExperiment,
  deleteExperiment,
  adoptVariant,
];
