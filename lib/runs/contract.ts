import { z } from 'zod';
import { largestNumber } from '@/lib/api/bounds';
import { defineRoute } from '@/lib/api/define-route';
import { pageOf, pageQuery } from '@/lib/api/page';
import { stateVectorSchema } from '@/lib/workflows/state-vector';
import { runLimits } from './limits';
import {
  callSchema,
  failureSchema,
  runModes,
  runStatuses,
  runTriggers,
  stepStatuses,
  usageSchema,
} from './schema';

const iso = z.iso.datetime();
const versionNumber = z.int().min(1).max(largestNumber);
const runParams = z.strictObject({ id: z.uuid() });

/** The step that started a run, and which of its runs it is: both numbers from 0. */
const parentSchema = z.strictObject({
  runId: z.uuid(),
  /** The run above all. */
  rootId: z.uuid(),
  stepId: z.string(),
  round: z.int(),
  index: z.int(),
});

export const runSummarySchema = z.strictObject({
  id: z.uuid(),
  /** Absent for a run that no step started. */
  parent: parentSchema.optional(),
  workflowId: z.uuid().nullable(),
  workflowName: z.string(),
  threadId: z.uuid().nullable(),
  version: z.int().nullable(),
  /** When the draft that it runs was frozen; absent for a run of a version. */
  draft: iso.optional(),
  status: z.enum(runStatuses),
  mode: z.enum(runModes),
  trigger: z.enum(runTriggers),
  startedBy: z.string().nullable(),
  createdAt: iso,
  startedAt: iso.nullable(),
  finishedAt: iso.nullable(),
  usage: usageSchema,
  /** The built-in scripted model answered for some of its steps, or all: in a live run too, where no real model could. */
  scripted: z.boolean(),
  error: failureSchema.optional(),
  /** The run whose results it took over. */
  forkedFrom: z.uuid().optional(),
  /** The one step that it ran, of the draft. */
  only: z.strictObject({ id: z.string(), name: z.string() }).optional(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;

export const stepViewSchema = z.strictObject({
  id: z.string(),
  nodeId: z.string(),
  key: z.string(),
  name: z.string(),
  type: z.string(),
  status: z.enum(stepStatuses),
  attempt: z.int(),
  /** How often it was begun anew: being called again after a wait does not count. */
  tries: z.int(),
  startedAt: iso.nullable(),
  finishedAt: iso.nullable(),
  /** Ports that the finished step took. */
  ports: z.array(z.string()).optional(),
  input: z.unknown().optional(),
  output: z.unknown().optional(),
  error: failureSchema.optional(),
  reason: z.string().optional(),
  /** Its output was pinned by a person: the step itself was not run. */
  pinned: z.literal(true).optional(),
  /** Its output was written for this run by whoever started it: the step itself was not run. */
  given: z.literal(true).optional(),
  /** The run that its result was taken from. */
  reusedFrom: z.uuid().optional(),
  /** Who gave it other settings than those of its version. */
  changedBy: z.string().optional(),
  calls: z.array(callSchema).optional(),
  /** It started runs of its own: see the route for its children. */
  spawned: z.literal(true).optional(),
  /** What a waiting step waits for, and until when at the latest. */
  wait: z
    .strictObject({
      kind: z.enum(['timer', 'person', 'message', 'children', 'debugger']),
      until: iso.nullable(),
      ask: z.unknown().optional(),
    })
    .optional(),
  /** How a step came to where it is, for people: which agents were looked at for its task, and what became of it. */
  shown: z.unknown().optional(),
});
export type StepView = z.infer<typeof stepViewSchema>;

/**
 * Where a run stops for people to look: step ids with a condition, empty for always; or before every step. Steps inside
 * containers stop at breakpoints, and step by step only in the items that were stepped `into`, the outermost first.
 */
export const debugSchema = z.strictObject({
  breakpoints: z.record(z.string().min(1).max(64), z.string().max(2_000)).default({}),
  stepping: z.boolean().default(false),
  into: z
    .array(z.strictObject({ stepId: z.string().min(1).max(200), index: z.int().min(0) }))
    .max(runLimits.depth)
    .optional(),
});

export const runViewSchema = runSummarySchema.extend({
  input: z.unknown(),
  output: z.unknown().optional(),
  /** Number of the last event applied to this view. */
  seq: z.int(),
  steps: z.array(stepViewSchema),
  pausedBy: z.string().optional(),
  debug: debugSchema.optional(),
});
export type RunView = z.infer<typeof runViewSchema>;

export const runEventSchema = z.looseObject({ seq: z.int(), at: z.number(), type: z.string() });

/** Id of a step, as its workflow has it. */
const stepId = z.string().min(1).max(64);

export const startRunBody = z.strictObject({
  input: z.record(z.string(), z.json()).default({}),
  mode: z.enum(runModes).default('live'),
  /** What runs: the live version (the default), the draft as it is now, or a version by its number. A draft that means the same as the live version runs as that. */
  version: z.union([z.enum(['live', 'draft']), versionNumber]).optional(),
  /** Of the draft that the person saw, where the draft runs: the server waits until its own holds it. */
  stateVector: stateVectorSchema.optional(),
  /** Runs what leads to this step, and the step, and nothing else. */
  until: stepId.optional(),
  /**
   * Runs this step of the draft alone, with what it stands in. The steps before it do not run: their outputs are those of
   * `outputs` and `outputsFrom`. Problems of other steps do not count.
   */
  only: stepId.optional(),
  /** With `only`: outputs of earlier steps, by step id. */
  outputs: z.record(stepId, z.json()).optional(),
  /** With `only`: the run of this workflow whose output of an earlier step is taken, by step id. */
  outputsFrom: z.record(stepId, z.uuid()).optional(),
  /** With `only`: what the steps around this one would give, such as `item`. */
  names: z.record(z.string().max(64), z.json()).optional(),
  debug: debugSchema.optional(),
});

export type StartRunBody = z.infer<typeof startRunBody>;

export const startRun = defineRoute({
  id: 'runs.start',
  method: 'POST',
  ownKeys: true,
  path: '/workflows/{id}/runs',
  summary:
    'Start a run of the live version, of another version, of the draft without publishing it, or of one step of the draft alone. Supports the header Idempotency-Key.',
  tag: 'Runs',
  permission: 'runs.start',
  params: runParams,
  body: startRunBody,
  result: z.strictObject({ id: z.uuid(), status: z.enum(runStatuses) }),
  status: 202,
});
export const getRun = defineRoute({
  id: 'runs.get',
  method: 'GET',
  path: '/runs/{id}',
  summary: 'A run with its steps, output and usage.',
  tag: 'Runs',
  permission: 'runs.read',
  params: runParams,
  result: runViewSchema,
});
export const listRuns = defineRoute({
  id: 'runs.list',
  method: 'GET',
  path: '/runs',
  summary: 'Runs of the workspace, newest first.',
  tag: 'Runs',
  permission: 'runs.read',
  query: pageQuery.extend({
    workflowId: z.uuid().optional(),
    threadId: z.uuid().optional(),
    /** Only runs that took over results of this one. */
    forkedFrom: z.uuid().optional(),
    /** Only runs of this step alone. */
    only: stepId.optional(),
    status: z.enum(runStatuses).optional(),
    mode: z.enum(runModes).optional(),
    trigger: z.enum(runTriggers).optional(),
  }),
  result: pageOf(runSummarySchema),
});
export const failuresByWorkflow = defineRoute({
  id: 'runs.failures',
  method: 'GET',
  path: '/figures/failures',
  summary: 'The five workflows whose live runs failed most often in the last 30 days.',
  tag: 'Runs',
  permission: 'runs.read',
  result: z.strictObject({
    items: z.array(
      z.strictObject({
        workflow: z.strictObject({ id: z.uuid(), name: z.string() }),
        failed: z.int(),
        /** Live runs of versions that failed or succeeded. */
        ended: z.int(),
      }),
    ),
  }),
});
export const listRunEvents = defineRoute({
  id: 'runs.events',
  method: 'GET',
  path: '/runs/{id}/events',
  summary: 'Events of a run after a number, in order.',
  tag: 'Runs',
  permission: 'runs.read',
  params: runParams,
  query: z.strictObject({
    after: z.coerce.number().int().min(0).max(largestNumber).default(0),
    limit: z.coerce.number().int().min(1).max(1_000).default(500),
  }),
  result: z.strictObject({ items: z.array(runEventSchema), more: z.boolean() }),
});
export const readRunValue = defineRoute({
  id: 'runs.value',
  method: 'GET',
  path: '/runs/{id}/values/{hash}',
  summary: 'The JSON of a large value of a run, shown elsewhere as {"$blob": {"hash": …}}.',
  tag: 'Runs',
  permission: 'runs.read',
  params: runParams.extend({ hash: z.string().regex(/^[0-9a-f]{64}$/) }),
  result: z.unknown(),
});
export const cancelRun = defineRoute({
  id: 'runs.cancel',
  method: 'POST',
  path: '/runs/{id}/cancel',
  summary: 'Cancel a run: no more steps start.',
  tag: 'Runs',
  permission: 'runs.cancel',
  params: runParams,
  result: z.strictObject({ id: z.uuid(), status: z.enum(runStatuses) }),
});
export const pauseRun = defineRoute({
  id: 'runs.pause',
  method: 'POST',
  path: '/runs/{id}/pause',
  summary: 'Pause a run: running steps finish, and nothing new starts until you continue it.',
  tag: 'Runs',
  permission: 'runs.cancel',
  params: runParams,
  result: z.strictObject({ id: z.uuid(), status: z.enum(runStatuses) }),
});
export const continueRun = defineRoute({
  id: 'runs.continue',
  method: 'POST',
  path: '/runs/{id}/continue',
  summary: 'Continue a paused run.',
  tag: 'Runs',
  permission: 'runs.cancel',
  params: runParams,
  result: z.strictObject({ id: z.uuid(), status: z.enum(runStatuses) }),
});
export const forkRun = defineRoute({
  id: 'runs.fork',
  method: 'POST',
  ownKeys: true,
  path: '/runs/{id}/fork',
  summary:
    'Retry or replay: start a run that reuses finished results of another, unchanged or with changes.',
  tag: 'Runs',
  permission: 'runs.start',
  params: runParams,
  body: z.strictObject({
    /** Steps to run again, with all that follow; steps that did not succeed run again by themselves. */
    from: z.array(z.string().min(1).max(64)).max(100).default([]),
    /** What the run ran, the version that is live now, the draft as it is now, or a version by its number. */
    version: z.union([z.enum(['same', 'current', 'draft']), versionNumber]).default('same'),
    /** Of the draft that the person saw, where the draft runs: the server waits until its own holds it. */
    stateVector: stateVectorSchema.optional(),
    /** Instead of the run's own input: then every step runs again. */
    input: z.record(z.string(), z.json()).optional(),
    /** Settings that replace those of the version, by step: another prompt, another model. */
    settings: z.record(z.string().min(1).max(64), z.record(z.string(), z.json())).default({}),
    until: z.string().min(1).max(64).optional(),
    debug: debugSchema.optional(),
  }),
  result: z.strictObject({ id: z.uuid(), status: z.enum(runStatuses) }),
  status: 202,
});
export const answerStep = defineRoute({
  id: 'runs.answer',
  method: 'POST',
  path: '/runs/{id}/steps/{stepId}/answer',
  summary:
    'Answer a step that waits for a person, such as an approval. Only the first answer counts.',
  tag: 'Runs',
  permission: 'runs.answer',
  params: z.strictObject({ id: z.uuid(), stepId: z.string().min(1).max(200) }),
  body: z.strictObject({
    /** For an approval: `{"decision": "approved" | "rejected", "comment": "", "values": {}}`. */
    answer: z.json(),
  }),
  result: z.strictObject({ id: z.uuid(), status: z.enum(runStatuses) }),
});
export const sendEvent = defineRoute({
  id: 'runs.send-event',
  method: 'POST',
  ownKeys: true,
  path: '/events',
  summary:
    'Send an event: every step in the workspace that waits for this name continues. If none waits, the event is kept for 24 hours for the first step that waits for it in a run that has already started. Supports the header Idempotency-Key.',
  tag: 'Runs',
  permission: 'runs.start',
  body: z.strictObject({
    /** The name that the steps wait for. */
    channel: z.string().trim().min(1).max(200),
    /** What the steps have as output. */
    payload: z.json().default(null),
  }),
  result: z.strictObject({
    /** How many steps went on. */
    delivered: z.int(),
    /** Whether nobody waited, and the event is kept for a step that will. */
    kept: z.boolean(),
  }),
});
export const listStepChildren = defineRoute({
  id: 'runs.children',
  method: 'GET',
  path: '/runs/{id}/steps/{stepId}/children',
  summary: 'Child runs of a step, such as one for each item, in order.',
  tag: 'Runs',
  permission: 'runs.read',
  params: z.strictObject({ id: z.uuid(), stepId: z.string().min(1).max(200) }),
  query: pageQuery.extend({ status: z.enum(runStatuses).optional() }),
  result: z.strictObject({
    /** How many there will be, as far as it is known by now. */
    total: z.int(),
    /** How many there are by now in each state. */
    counts: z.partialRecord(z.enum(runStatuses), z.int()),
    items: z.array(
      z.strictObject({
        id: z.uuid(),
        round: z.int(),
        index: z.int(),
        status: z.enum(runStatuses),
        /** What it was given, as text that may be cut. */
        item: z.string(),
        startedAt: iso.nullable(),
        finishedAt: iso.nullable(),
        costUsd: z.number(),
        error: failureSchema.optional(),
      }),
    ),
    nextCursor: z.string().optional(),
  }),
});
export const runContracts = [
  startRun,
  getRun,
  listRuns,
  failuresByWorkflow,
  listRunEvents,
  readRunValue,
  cancelRun,
  pauseRun,
  continueRun,
  forkRun,
  answerStep,
  listStepChildren,
  sendEvent,
];
