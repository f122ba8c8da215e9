import { z } from 'zod';
import { needsSchema } from './needs';

/** An agent that was looked at. `why`: what spoke against it; absent for the one that was taken. */
export const lookedAtSchema = z.strictObject({
  handle: z.string(),
  name: z.string(),
  /** Of those that fit: how well, from 0 to 1. */
  score: z.number().optional(),
  why: z.string().optional(),
});
export type LookedAt = z.infer<typeof lookedAtSchema>;

/** Why an agent got a task, or why nobody did. */
export const assignmentSchema = z.strictObject({
  needs: needsSchema,
  taken: z.string().nullable(),
  /** One sentence for people. */
  reason: z.string(),
  /** How many agents there are, and how many of them fit. */
  looked: z.int(),
  fit: z.int(),
  agents: z.array(lookedAtSchema),
  /** The list was cut: so many more were looked at. */
  more: z.int().optional(),
  /** When nobody fits: what is missing, a sentence each. */
  missing: z.array(z.string()).optional(),
});
export type Assignment = z.infer<typeof assignmentSchema>;

/** One agent that a task was given to, and what came of it. */
export const trySchema = z.strictObject({
  /** Numbers the runs of the step. */
  round: z.int(),
  assignment: assignmentSchema,
  failed: z.strictObject({ code: z.string(), message: z.string() }).optional(),
  /** What was done about the failure, as a sentence. */
  remedy: z.string().optional(),
});
export type Try = z.infer<typeof trySchema>;

/** What a step shows of its assignment: those that had the task, and who is being looked for. */
export const assignmentsSchema = z.strictObject({
  tries: z.array(trySchema),
  /** Nobody fits: the step waits for somebody who does. */
  waits: assignmentSchema.optional(),
});
export type Assignments = z.infer<typeof assignmentsSchema>;

/** The name of the event by which steps hear that agents have changed. */
export const agentsChanged = 'agents/changed';
