import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { pageOf, pageQuery } from '@/lib/api/page';
import { contextFillSchema } from '@/lib/models/context/schema';
import { providerIdSchema } from '@/lib/models/schema';
import { runModes } from '@/lib/runs/schema';
import { spendingBySubject, subjectQuery } from './figures-contract';
import { ifModelSchema } from './if-model-schema';
import { picoOf, positiveUsdSchema, usdSchema } from './pico';
import {
  answerUses,
  breachActions,
  budgetScopes,
  budgetWindows,
  callStates,
  decisionSchema,
  timeZoneSchema,
} from './schema';

const tag = 'Spending';
const iso = z.iso.datetime();
const params = z.strictObject({ id: z.uuid() });

/** What one subject has used of a budget in the current window. */
const periodSchema = z.strictObject({
  subject: z.string(),
  subjectName: z.string(),
  startsAt: iso,
  spentUsd: usdSchema,
  /** Calls under way, at the most that they may cost. */
  heldUsd: usdSchema,
  /** The budget's own cap, and what was granted for this window. */
  capUsd: usdSchema,
});
export const budgetSchema = z.strictObject({
  id: z.uuid(),
  scope: z.enum(budgetScopes),
  /** Null: each subject of the scope has this budget for itself. */
  scopeId: z.string().nullable(),
  scopeName: z.string(),
  window: z.enum(budgetWindows),
  timeZone: z.string(),
  capUsd: usdSchema,
  /** Percent of the cap at which people are told. */
  softAt: z.int(),
  onBreach: z.enum(breachActions),
  /** Of the current window: of its subject, or of the one that has used most. */
  spentUsd: usdSchema,
  heldUsd: usdSchema,
  createdAt: iso,
  updatedAt: iso,
});
export type Budget = z.infer<typeof budgetSchema>;

/** 80, or 0.8: both are 80 percent. */
const softAt = z
  .number()
  .positive()
  .max(100)
  .transform((given) => Math.max(1, Math.round(given < 1 ? given * 100 : given)));
const settings = {
  window: z.enum(budgetWindows),
  capUsd: positiveUsdSchema,
  softAt,
  onBreach: z.enum(breachActions),
  timeZone: timeZoneSchema,
};

export const listBudgets = defineRoute({
  id: 'budgets.list',
  method: 'GET',
  path: '/budgets',
  summary: 'All budgets with what is spent and held in the current window.',
  tag,
  permission: 'spending.read',
  result: z.strictObject({ items: z.array(budgetSchema) }),
});
export const createBudget = defineRoute({
  id: 'budgets.create',
  method: 'POST',
  path: '/budgets',
  summary:
    'Limit what model calls may cost: of a run, workflow, agent, person or the workspace, for ever or per day, week or month.',
  tag,
  permission: 'spending.manage',
  body: z.strictObject({
    scope: z.enum(budgetScopes),
    /** Id of the run, workflow, agent (or its handle) or person; absent: each has this budget for itself. */
    scopeId: z.string().min(1).max(100).optional(),
    ...settings,
    window: settings.window.default('none'),
    softAt: softAt.default(80),
    onBreach: settings.onBreach.default('ask'),
    timeZone: timeZoneSchema.default('UTC'),
  }),
  result: budgetSchema,
  status: 201,
});
export const getBudget = defineRoute({
  id: 'budgets.get',
  method: 'GET',
  path: '/budgets/{id}',
  summary: 'One budget, with the subjects that have used most of it in the current window.',
  tag,
  permission: 'spending.read',
  params,
  result: budgetSchema.extend({ subjects: z.array(periodSchema) }),
});
/** What was read of a budget before it is changed. */
export const budgetRead = z.strictObject(settings).partial();
export const updateBudget = defineRoute({
  id: 'budgets.update',
  method: 'PATCH',
  path: '/budgets/{id}',
  summary:
    'Change a budget’s cap, window, soft mark or what happens at the cap. Calls from now on obey it.',
  tag,
  permission: 'spending.manage',
  params,
  body: z
    .strictObject({
      ...settings,
      /** What you read: where it is otherwise now, nothing is changed. */
      was: budgetRead,
    })
    .partial()
    .refine(({ was: _, ...change }) => Object.keys(change).length > 0, 'Name what should change.'),
  result: budgetSchema,
});
export const deleteBudget = defineRoute({
  id: 'budgets.delete',
  method: 'DELETE',
  path: '/budgets/{id}',
  summary: 'Delete a budget. What its calls cost stays on record.',
  tag,
  permission: 'spending.manage',
  params,
  result: z.strictObject({ id: z.uuid() }),
});

export const modelCallSchema = z.strictObject({
  id: z.uuid(),
  runId: z.uuid(),
  rootRunId: z.uuid(),
  workflowId: z.uuid().nullable(),
  version: z.int().nullable(),
  stepId: z.string(),
  nodeId: z.string(),
  attempt: z.int(),
  agentId: z.uuid().nullable(),
  personId: z.string().nullable(),
  mode: z.enum(runModes),
  provider: providerIdSchema,
  model: z.string(),
  decision: decisionSchema,
  /** What filled the model’s window, in tokens; null where that was not recorded, or nothing was sent. */
  context: contextFillSchema.nullable(),
  state: z.enum(callStates),
  heldUsd: usdSchema,
  costUsd: usdSchema,
  /** The price list that the cost is of; null where no price is known, and the cost counts as 0. */
  priceList: z.string().nullable(),
  inputTokens: z.int(),
  outputTokens: z.int(),
  /** Of the input: read from the vendor’s cache, and written to it. */
  cacheReadTokens: z.int(),
  cacheWriteTokens: z.int(),
  /** Of the output: thought before the answer. */
  reasoningTokens: z.int(),
  /** The most that the vendor was told to write; null: as much as it does. */
  maxTokens: z.int().nullable(),
  /** The server did not count: tokens are an estimate. */
  estimated: z.boolean(),
  finish: z.string().nullable(),
  errorCode: z.string().nullable(),
  outputBytes: z.int(),
  /** Whether the answer came from the cache; null where the step did not ask for that. */
  answerCache: z.enum(answerUses).nullable(),
  /** The call whose answer was given again, at no cost. */
  cachedFrom: z.uuid().nullable(),
  startedAt: iso,
  /** Milliseconds to the first part of the answer, and to its end. */
  firstPartMs: z.int().nullable(),
  durationMs: z.int().nullable(),
});
export type ModelCallFact = z.infer<typeof modelCallSchema>;

export const listBudgetEntries = defineRoute({
  id: 'budgets.entries',
  method: 'GET',
  path: '/budgets/{id}/entries',
  summary: 'Calls that count in a budget, newest first.',
  tag,
  permission: 'spending.read',
  params,
  query: pageQuery,
  result: pageOf(
    z.strictObject({
      call: modelCallSchema,
      subject: z.string(),
      startsAt: iso,
      heldUsd: usdSchema,
      spentUsd: usdSchema,
    }),
  ),
});
export const listRunCalls = defineRoute({
  id: 'runs.calls',
  method: 'GET',
  path: '/runs/{id}/calls',
  summary:
    'Model calls of a run and of the runs that its steps started, oldest first, with why each model was chosen.',
  tag,
  permission: 'runs.read',
  params,
  query: pageQuery,
  result: pageOf(modelCallSchema),
});
/** A call with what it belongs to; null where there is none, or where it was deleted. */
export const listedCallSchema = modelCallSchema.extend({
  names: z.strictObject({
    workflow: z.string().nullable(),
    run: z.string().nullable(),
    step: z.string().nullable(),
    agent: z.string().nullable(),
    person: z.string().nullable(),
  }),
});
export type ListedCall = z.infer<typeof listedCallSchema>;
export const listCalls = defineRoute({
  id: 'calls.list',
  method: 'GET',
  path: '/calls',
  summary:
    'Model calls of the workspace, newest first, with the names of what they belong to. They are kept for 400 days.',
  tag,
  permission: 'spending.read',
  query: pageQuery.extend({
    ...subjectQuery,
    state: z.enum(callStates).optional(),
    from: iso.optional(),
    to: iso.optional(),
  }),
  result: pageOf(listedCallSchema),
});

export const showAnswerCache = defineRoute({
  id: 'calls.cache',
  method: 'GET',
  path: '/calls/cache',
  summary: 'How often the answer cache answered in the last 30 days, and what that saved.',
  tag,
  permission: 'spending.read',
  result: z.strictObject({
    days: z.int(),
    /** Calls of steps that reuse answers, and those of them that were answered from the cache. */
    calls: z.int(),
    hits: z.int(),
    /** What the calls had cost whose answers were given again. */
    savedUsd: usdSchema,
    /** Answers that are kept now. */
    kept: z.int(),
    /** Tokens of input that providers read in that time, and those of them from their own caches. */
    inputTokens: z.int(),
    providerCacheTokens: z.int(),
  }),
});
export const clearAnswerCache = defineRoute({
  id: 'calls.clear-cache',
  method: 'DELETE',
  path: '/calls/cache',
  summary: 'Forget all answers that are kept for reuse.',
  tag,
  permission: 'spending.manage',
  result: z.strictObject({ cleared: z.int() }),
});
export const spendingByDay = defineRoute({
  id: 'spending.by-day',
  method: 'GET',
  path: '/figures/spending',
  summary: 'What model calls cost on each of the last 30 days, oldest first.',
  tag,
  permission: 'spending.read',
  query: z.strictObject({ timeZone: timeZoneSchema.default('UTC') }),
  result: z.strictObject({
    items: z.array(z.strictObject({ day: z.iso.date(), calls: z.int(), costUsd: z.number() })),
  }),
});

const modelParams = z.strictObject({
  provider: providerIdSchema,
  model: z.string().min(1).max(200),
});
/** Six decimals of a dollar per million tokens are whole pico-dollars per token. */
const perMillion = usdSchema.refine((usd) => {
  const pico = picoOf(usd) ?? 1n;
  return pico % 1_000_000n === 0n && pico <= 10n ** 17n;
}, 'Enter at most 100,000, with at most six decimals.');
export const putModelPrice = defineRoute({
  id: 'models.put-price',
  method: 'PUT',
  path: '/models/{provider}/{model}/price',
  summary:
    'Set this workspace’s own price of a model, in US dollars per million tokens. Calls from now on cost it.',
  tag,
  permission: 'spending.manage',
  params: modelParams,
  body: z.strictObject({ inputUsdPerMillion: perMillion, outputUsdPerMillion: perMillion }),
  result: z.strictObject({
    provider: providerIdSchema,
    model: z.string(),
    inputUsdPerMillion: usdSchema,
    outputUsdPerMillion: usdSchema,
  }),
});
export const deleteModelPrice = defineRoute({
  id: 'models.delete-price',
  method: 'DELETE',
  path: '/models/{provider}/{model}/price',
  summary: 'Go back to the listed price of a model.',
  tag,
  permission: 'spending.manage',
  params: modelParams,
  result: modelParams,
});

const money = z.strictObject({ p50: usdSchema, p95: usdSchema });
const duration = z.strictObject({ p50: z.number(), p95: z.number() });
export const estimateWorkflow = defineRoute({
  id: 'workflows.estimate',
  method: 'POST',
  path: '/workflows/{id}/estimate',
  summary:
    'What a run would cost and how long it would take, from earlier runs or from tokens and prices.',
  tag,
  permission: 'workflows.read',
  params,
  /** Without a version: the draft for those who may edit it, else what is live. */
  body: z.strictObject({
    version: z.union([z.enum(['live', 'draft']), z.int().min(1)]).optional(),
  }),
  result: z.strictObject({
    costUsd: money,
    durationMs: duration.nullable(),
    /** Where no model is set up: what a run would cost with some that are known, the cheapest first. */
    ifModels: z.array(ifModelSchema),
    steps: z.array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        model: z.string(),
        costUsd: money,
        durationMs: duration.nullable(),
        /** `history`: of so many calls of this step; `tokens`: of its texts and the model's price; `unknown`: no price. */
        from: z.enum(['history', 'tokens', 'unknown']),
        samples: z.int(),
      }),
    ),
  }),
});

export const estimateAgent = defineRoute({
  id: 'agents.estimate',
  method: 'POST',
  path: '/agents/{id}/estimate',
  summary:
    'What one answer of an agent would cost, by its instructions and the price of its model.',
  tag,
  permission: 'agents.read',
  params,
  result: z.strictObject({
    /** Null where the price of its model is unknown. */
    costUsd: money.nullable(),
    /** The model that would answer now; "none" where its own cannot be called. */
    model: z.string(),
    ifModels: z.array(ifModelSchema),
  }),
});

export const spendingContracts = [
  spendingBySubject,
  estimateAgent,
  spendingByDay,
  listBudgets,
  createBudget,
  getBudget,
  updateBudget,
  deleteBudget,
  listBudgetEntries,
  listRunCalls,
  listCalls,
  showAnswerCache,
  clearAnswerCache,
  putModelPrice,
  deleteModelPrice,
  estimateWorkflow,
];
