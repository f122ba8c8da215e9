import { z } from 'zod';
import { startConfig } from './start';

/** Roles that a step may ask for, from least to most able. */
export const approvalRoles = ['commenter', 'editor', 'admin', 'owner'] as const;

/** What an approval asks, with its texts filled in: kept with the step that waits. */
export const approvalAskSchema = z.strictObject({
  question: z.string(),
  details: z.string(),
  fields: startConfig.shape.inputs,
  role: z.enum(approvalRoles),
  /** Addresses of those who alone may decide; `widened`: those with the role may, too. */
  people: z.array(z.string()).default([]),
  widened: z.boolean().default(false),
});

/** What a person answers. `values` fill the fields that were asked for. */
export const approvalValueSchema = z.strictObject({
  decision: z.enum(['approved', 'rejected']),
  comment: z.string().trim().max(2_000).default(''),
  values: z.record(z.string(), z.json()).default({}),
});
export type ApprovalValue = z.input<typeof approvalValueSchema>;
