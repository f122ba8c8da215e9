import { z } from 'zod';
import { countsSchema, mailboxKinds, priorities } from './schema';

const ms = z.int().nullable();

/** How deliveries of the last day went, of one mailbox, type and priority. */
const flowSchema = z.strictObject({
  mailbox: z.uuid(),
  kind: z.enum(mailboxKinds),
  title: z.string(),
  type: z.string(),
  priority: z.enum(priorities),
  done: z.int(),
  /** Dead and expired. */
  failed: z.int(),
  cancelled: z.int(),
  /** From sending to being taken, in milliseconds, of those that were taken. */
  waitP50Ms: ms,
  waitP95Ms: ms,
  /** All the time that somebody worked on them, as a share of the day: 1 is one task after another without a pause. */
  utilisation: z.number(),
});

export const messageStatsSchema = countsSchema.extend({
  /** Of those that could be taken now. */
  oldestWaitingSeconds: z.int().nullable(),
  waitP50Ms: ms,
  waitP95Ms: ms,
  /** The last 24 hours, the oldest first, by the hour in which deliveries ended. */
  hours: z.array(z.strictObject({ at: z.iso.datetime(), done: z.int(), failed: z.int() })),
  /** The last day by mailbox, type and priority, the busiest first, at most 100: of mailboxes that you may see. */
  flows: z.array(flowSchema),
});
export type MessageStats = z.infer<typeof messageStatsSchema>;
