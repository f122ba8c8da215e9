import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { debugSchema, stepViewSchema } from './contract';
import { debuggerActions } from './debugging';
import { runStatuses } from './schema';

const runParams = z.strictObject({ id: z.uuid() });

/** A step paused by the debugger: of the run itself, or of a run inside it, with the items that lead there. */
export const pausedStepSchema = z.strictObject({
  runId: z.uuid(),
  /** The containers around it, the outermost first; empty for a step of the run itself. */
  place: z.array(
    z.strictObject({
      stepId: z.string(),
      name: z.string(),
      type: z.string(),
      round: z.int(),
      index: z.int(),
    }),
  ),
  step: stepViewSchema,
});
export type PausedStepView = z.infer<typeof pausedStepSchema>;

export const setDebug = defineRoute({
  id: 'runs.debug',
  method: 'PUT',
  path: '/runs/{id}/debug',
  summary: 'Set the breakpoints of a run, for everyone watching it.',
  tag: 'Runs',
  permission: 'runs.start',
  params: runParams,
  body: debugSchema,
  result: z.strictObject({ id: z.uuid(), status: z.enum(runStatuses) }),
});
export const listHeld = defineRoute({
  id: 'runs.held',
  method: 'GET',
  path: '/runs/{id}/held',
  summary: 'Steps paused by the debugger, in a run and its child runs.',
  tag: 'Runs',
  permission: 'runs.read',
  params: runParams,
  result: z.strictObject({ items: z.array(pausedStepSchema) }),
});
export const moveOn = defineRoute({
  id: 'runs.move-on',
  method: 'POST',
  path: '/runs/{id}/debug/moves',
  summary: 'Debug a run: continue all paused steps, or step over, into or out of one.',
  tag: 'Runs',
  permission: 'runs.start',
  params: runParams,
  body: z.strictObject({
    move: z.enum(debuggerActions),
    /** The paused step that is meant, and its run; the first one when it is left out. */
    from: z.strictObject({ runId: z.uuid(), stepId: z.string().min(1).max(200) }).optional(),
  }),
  result: z.strictObject({
    id: z.uuid(),
    status: z.enum(runStatuses),
    /** How many steps went on. */
    released: z.int(),
  }),
});
export const previewStep = defineRoute({
  id: 'runs.preview',
  method: 'POST',
  path: '/runs/{id}/steps/{stepId}/preview',
  summary:
    'Preview the resolved settings of a paused step with other settings, without running it.',
  tag: 'Runs',
  permission: 'runs.start',
  params: z.strictObject({ id: z.uuid(), stepId: z.string().min(1).max(200) }),
  body: z.strictObject({ settings: z.record(z.string(), z.json()).default({}) }),
  result: z.strictObject({
    /** By the path of the field, such as `prompt` or `rows.0.value`. */
    input: z.record(z.string(), z.string()),
    /** Fields that cannot be worked out, and why. */
    problems: z.array(
      z.strictObject({ path: z.array(z.union([z.string(), z.int()])), message: z.string() }),
    ),
  }),
});
export const releaseStep = defineRoute({
  id: 'runs.release',
  method: 'POST',
  path: '/runs/{id}/steps/{stepId}/release',
  summary:
    'Continue a step paused by the debugger: unchanged, with other settings or with a given output.',
  tag: 'Runs',
  permission: 'runs.start',
  params: z.strictObject({ id: z.uuid(), stepId: z.string().min(1).max(200) }),
  body: z.strictObject({
    settings: z.record(z.string(), z.json()).optional(),
    /** Taken for the step's output instead of running it. For an approval it is an answer: `{"decision": "approved"}`. */
    output: z.json().optional(),
    /** With an output: the ports at which a step with several goes on. */
    ports: z.array(z.string().min(1).max(200)).max(100).optional(),
  }),
  result: z.strictObject({ id: z.uuid(), status: z.enum(runStatuses) }),
});
export const debugContracts = [setDebug, listHeld, moveOn, previewStep, releaseStep];
