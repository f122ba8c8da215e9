import { z } from 'zod';
import { diffParts } from '@/lib/workflows/changes/diff';

/** What a suggestion may weigh, in bytes of the held-back update and characters of its words. */
export const suggestionLimits = {
  update: 262_144,
  title: 200,
  note: 10_000,
  /** Undecided ones of a workflow. */
  open: 200,
  /** Client ids in one held-back update: nesting is checked for each alone. */
  clients: 32,
} as const;

/**
 * Client ids of held-back updates begin here. Those of a draft end below it, so that no held-back update can be
 * mistaken for a part of the draft, nor be sent as one.
 */
export const firstHeldClientId = 2 ** 32;

const fieldSchema = z.strictObject({
  /** `name`, `position`, `config.prompt`: always a whole field. */
  path: z.string(),
  /** Absent: it was not set. */
  before: z.json().optional(),
  /** Absent: it is taken away. */
  after: z.json().optional(),
});

/** One element that differs: what its author saw, and what they made of it. */
export const changeSchema = z.strictObject({
  /** `<part>/<id>`: what decisions name. */
  key: z.string(),
  part: z.enum(['meta', ...diffParts]),
  id: z.string(),
  change: z.enum(['added', 'removed', 'changed']),
  name: z.string(),
  fields: z.array(fieldSchema),
  /** The whole of what was added, or removed. */
  element: z.record(z.string(), z.json()).optional(),
});
export type Change = z.infer<typeof changeSchema>;

/**
 * `draft`: only its author sees it; `making`: an agent is at it, and everybody sees it come; `decided`: nothing of it is left
 * to decide.
 */
export const suggestionStatuses = ['draft', 'making', 'open', 'decided', 'withdrawn'] as const;
export const suggestionStatusSchema = z.enum(suggestionStatuses);
export type SuggestionStatus = z.infer<typeof suggestionStatusSchema>;

const personSchema = z.strictObject({ id: z.string(), name: z.string() });

/** What became of one element, for good. */
export const decisionSchema = z.strictObject({
  as: z.enum(['accepted', 'refused']),
  by: personSchema,
  at: z.iso.datetime(),
});
export type Decision = z.infer<typeof decisionSchema>;
export const decidedSchema = z.record(z.string(), decisionSchema);
export type Decided = z.infer<typeof decidedSchema>;

export const suggestionSchema = z.strictObject({
  id: z.uuid(),
  workflowId: z.uuid(),
  title: z.string(),
  note: z.string(),
  status: suggestionStatusSchema,
  /** How it came: `person`, `api` or `agent`. */
  origin: z.string(),
  /** The agent that made it, in a run that its author asked for; null where people did. */
  agent: z.strictObject({ handle: z.string(), name: z.string(), runId: z.uuid() }).nullable(),
  /** Null: the account is gone. */
  author: personSchema.nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  decidedAt: z.iso.datetime().nullable(),
  changeCount: z.int(),
  /** How many of them nobody has decided. */
  openCount: z.int(),
});
export type Suggestion = z.infer<typeof suggestionSchema>;

export const suggestionViewSchema = suggestionSchema.extend({
  changes: z.array(changeSchema),
  decided: decidedSchema,
  /** Base64 of the Yjs update that is held back from the draft. */
  update: z.string(),
});
export type SuggestionView = z.infer<typeof suggestionViewSchema>;
