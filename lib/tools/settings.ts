import { z } from 'zod';

export const toolNameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,63}$/, 'use lower-case letters, digits and "_", at most 64');

/** `policy`: the tool's own rule decides; `never` leaves that rule out, but not that of outside content. */
export const grantApprovals = ['policy', 'always', 'never'] as const;

/** A tool that an agent may use. */
export const toolGrantSchema = z.strictObject({
  name: toolNameSchema,
  /** What the name stood for when it was chosen: another thing of the same name is not meant. */
  ref: z.string().max(300).optional(),
  approval: z.enum(grantApprovals).default('policy'),
  /** Name of the connection whose credentials its requests get. */
  connection: z.string().max(100).optional(),
});
export type ToolGrant = z.infer<typeof toolGrantSchema>;

export const maxGrants = 500;
export const toolGrantsSchema = z
  .array(toolGrantSchema)
  .max(maxGrants)
  .refine(
    (grants) => new Set(grants.map(({ name }) => name)).size === grants.length,
    'a tool is named twice',
  );

/** Where a task of an agent stops by itself. */
export const taskLimitsSchema = z.strictObject({
  maxTurns: z.int().min(1).max(100).default(20),
  maxMinutes: z.number().positive().max(1_440).default(60),
  budgetUsd: z.number().positive().max(10_000).optional(),
  /** Tasks from messages that are under way at once. */
  maxAtOnce: z.int().min(1).max(100).optional(),
});
export type TaskLimits = z.infer<typeof taskLimitsSchema>;
export const usualLimits: TaskLimits = taskLimitsSchema.parse({});
