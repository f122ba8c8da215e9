import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { providerIdSchema } from '@/lib/models/schema';
import { usdSchema } from './pico';
import { timeZoneSchema } from './schema';

/** What costs are summed by. */
export const spendingGroups = ['workflow', 'agent', 'person', 'model'] as const;
export type SpendingGroup = (typeof spendingGroups)[number];
/** Days that a sum may be of, today among them. */
export const spendingDays = [7, 30, 90] as const;

/** Calls of one agent, workflow, person or model alone. */
export const subjectQuery = {
  provider: providerIdSchema.optional(),
  model: z.string().max(200).optional(),
  agent: z.uuid().optional(),
  workflow: z.uuid().optional(),
  person: z.string().max(100).optional(),
};

export const spendingBySubject = defineRoute({
  id: 'spending.by-subject',
  method: 'GET',
  path: '/figures/spending/groups',
  summary:
    'What model calls of real models cost by workflow, agent, person or model, and by day. A workflow’s sum holds what it started.',
  tag: 'Spending',
  permission: 'spending.read',
  query: z.strictObject({
    by: z.enum(spendingGroups).default('workflow'),
    days: z.coerce.number().pipe(z.literal(spendingDays)).default(30),
    timeZone: timeZoneSchema.default('UTC'),
    ...subjectQuery,
  }),
  result: z.strictObject({
    calls: z.int(),
    costUsd: usdSchema,
    /** Calls whose price nobody knows: they count as 0. */
    unpriced: z.int(),
    /** Oldest first, today last. */
    days: z.array(z.strictObject({ day: z.iso.date(), calls: z.int(), costUsd: usdSchema })),
    /** The dearest first, at most 50. */
    groups: z.array(
      z.strictObject({
        /** Null for calls without an agent, workflow or person. Of a model: provider and name. */
        id: z.string().nullable(),
        /** Null where it was deleted. */
        name: z.string().nullable(),
        calls: z.int(),
        costUsd: usdSchema,
      }),
    ),
    /** What the groups cost that are left out of the list. */
    restUsd: usdSchema,
  }),
});
