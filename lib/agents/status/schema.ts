import { z } from 'zod';
import { agentSchema } from '../schema';
import { agentStatuses } from './machine';

const standing = {
  status: z.enum(agentStatuses),
  /** Because of what, as it is now. */
  cause: z.string(),
  /** Since when it has this status. */
  since: z.iso.datetime(),
  load: z.strictObject({
    /** Tasks under way, those of them that wait for a person, and messages that wait for it. */
    running: z.int(),
    asking: z.int(),
    queued: z.int(),
    /** How many tasks it may have at once. */
    capacity: z.int(),
  }),
};

export const agentStandingSchema = z.strictObject({
  id: z.uuid(),
  ...standing,
  /** Why it was taken out of service, where it was. */
  maintenance: z.string().nullable(),
});
export type AgentStanding = z.infer<typeof agentStandingSchema>;

/** An agent in the list. */
export const listedAgentSchema = agentSchema.extend({
  status: standing.status.optional(),
  cause: standing.cause.optional(),
  since: standing.since.optional(),
  load: standing.load.optional(),
});

export type ListedAgent = z.infer<typeof listedAgentSchema>;

export const statusChangeSchema = z.strictObject({
  number: z.int(),
  /** None at first. */
  from: z.enum(agentStatuses).nullable(),
  status: z.enum(agentStatuses),
  cause: z.string(),
  at: z.iso.datetime(),
});
export type StatusChange = z.infer<typeof statusChangeSchema>;
