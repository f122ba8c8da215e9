import { z } from 'zod';
import { modelPolicySchema } from '@/lib/models/schema';
import { nameSchema } from '@/lib/names/schema';
import { taskLimitsSchema, toolGrantsSchema, usualLimits } from '@/lib/tools/settings';
import { skillsSchema } from './assignment/needs';

export const agentHandleSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,47}$/, 'use lower-case letters, digits and "-"');

/** What a person may set of an agent. */
export const agentInputSchema = z.strictObject({
  handle: agentHandleSchema,
  name: nameSchema(100),
  description: z.string().max(1_000).default(''),
  instructions: z.string().min(1).max(50_000),
  model: modelPolicySchema,
  /** What it is good at: steps that say what they need find it by these. */
  skills: skillsSchema.default([]),
  /** What it may use; nothing else. */
  tools: toolGrantsSchema.default([]),
  /** Where its tasks stop by themselves. */
  limits: taskLimitsSchema.default(usualLimits),
});
export type AgentInput = z.infer<typeof agentInputSchema>;

export const agentSchema = agentInputSchema.extend({
  /** Also one that was entered before names were checked. */
  name: z.string(),
  id: z.uuid(),
  /** Counts its saves. */
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type Agent = z.infer<typeof agentSchema>;

/** An agent as it was saved once. */
export const agentVersionSchema = z.strictObject({
  number: z.int(),
  agent: agentInputSchema.extend({ name: z.string() }),
  savedBy: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
  savedAt: z.iso.datetime(),
});
export type AgentVersion = z.infer<typeof agentVersionSchema>;
