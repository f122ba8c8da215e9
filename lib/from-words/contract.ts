import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { nameSchema } from '@/lib/names/schema';
import { ifModelSchema } from '@/lib/spending/if-model-schema';
import { folderSchema } from '@/lib/workflows/organise/folder';
import { definitionSchema, workflowLimits } from '@/lib/workflows/schema';
import { draftedTriggerSchema } from './trigger/drafted-trigger';
import { variantKinds } from './variants/kinds';

export const maxDescription = 4_000;

const range = z.strictObject({ p50: z.string(), p95: z.string() });
const steps = z.array(
  z.strictObject({ id: z.string(), type: z.string(), name: z.string(), does: z.string() }),
);
const estimate = z.strictObject({
  /** US dollars of one run; absent where no price is known. */
  costUsd: range.nullable(),
  modelCalls: z.int(),
  /** Where no model is set up: what it would cost with some that are known, the cheapest first. */
  ifModels: z.array(ifModelSchema),
});

const variantSchema = z.strictObject({
  /** What it is; several where they come to the same today. */
  kinds: z.array(z.enum(variantKinds)).min(1),
  definition: definitionSchema,
  steps,
  /** What it does differently from the plain draft, a sentence each. */
  differences: z.array(z.string()),
  estimate: estimate.extend({
    /** How many of the calls come one after the other on the longest way. */
    inARow: z.int(),
    /** Who would answer today, each once. */
    models: z.array(z.string()),
  }),
  rehearsal: z.strictObject({
    status: z.enum(['succeeded', 'failed', 'unfinished']),
    runId: z.uuid(),
    /** How it went, for people. */
    says: z.string(),
  }),
});

export const workflowFromDescription = defineRoute({
  id: 'workflows.from-description',
  method: 'POST',
  path: '/workflows/from-description',
  summary:
    'Make a workflow out of a description in plain words. A model drafts it where one is available; else a template or rules do. It has no problems, or it is not made. Supports Idempotency-Key.',
  tag: 'Workflows',
  permission: 'workflows.edit',
  resumes: true,
  body: z.strictObject({
    description: z
      .string()
      .trim()
      .min(1, 'say what the workflow should do')
      .max(maxDescription, `use at most ${maxDescription} characters`),
    /** Else one is made of the description. */
    name: nameSchema(workflowLimits.nameLength).optional(),
    folder: folderSchema.optional(),
    /** Of schedules; else UTC. */
    timeZone: z.string().trim().min(1).max(64).optional(),
    /** False: nothing is stored, the draft is only shown. */
    create: z.boolean().default(true),
    /** False: no model is asked, so nothing is spent. */
    useModel: z.boolean().default(true),
    /** True: up to three variants of the draft are given, too: fast, cheap and best, each checked, rehearsed and costed. */
    variants: z.boolean().default(false),
  }),
  result: z.strictObject({
    /** The new workflow; null where none was to be stored. */
    id: z.uuid().nullable(),
    name: z.string(),
    definition: definitionSchema,
    /** The steps in plain words, in their order. */
    steps,
    /** What would start it: not set up yet. Its `kind` and `config` can be sent to `/workflows/{id}/triggers` as they are. */
    trigger: draftedTriggerSchema.nullable(),
    /** The same in words. */
    starts: z.string(),
    /** What the description left open, and how it was taken. */
    assumptions: z.array(z.string()),
    estimate,
    /** To choose from; a chosen one is stored by `POST /workflows`. Empty where none were asked for. */
    variants: z.array(variantSchema),
    /** Why there are fewer than three, a sentence each. */
    fewer: z.array(z.string()),
    made: z.strictObject({
      by: z.enum(['model', 'template', 'rules']),
      /** The model that drafted it. */
      model: z.string().nullable(),
      /** The template that it follows. */
      template: z.string().nullable(),
      /** How it was made, for people. */
      note: z.string(),
      /** The runs in which a model was asked. */
      runs: z.array(z.uuid()),
    }),
  }),
  status: 201,
});
export const fromWordsContracts = [workflowFromDescription];
