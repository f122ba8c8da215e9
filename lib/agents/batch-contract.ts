import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { agentInputSchema, agentSchema } from './schema';

export const maxBatch = 100;

const place = { do: z.enum(['create', 'update', 'delete']), index: z.int() };
const itemSchema = z.union([
  z.strictObject({ ...place, ok: z.literal(true), id: z.uuid(), agent: agentSchema.nullable() }),
  z.strictObject({
    ...{ ...place, ok: z.literal(false) },
    error: z.strictObject({ code: z.string(), message: z.string() }),
  }),
]);
export type BatchItem = z.infer<typeof itemSchema>;

export const batchAgents = defineRoute({
  id: 'agents.batch',
  method: 'POST',
  path: '/agents/batch',
  summary:
    'Create, update and delete agents in one request, at most 100, in this order. Each has a result of its own: one that is refused leaves the others alone.',
  tag: 'Agents',
  permission: 'agents.edit',
  body: z
    .strictObject({
      create: z.array(agentInputSchema).max(maxBatch).default([]),
      update: z
        .array(z.strictObject({ id: z.uuid(), agent: agentInputSchema }))
        .max(maxBatch)
        .default([]),
      delete: z.array(z.uuid()).max(maxBatch).default([]),
    })
    .refine((body) => body.create.length + body.update.length + body.delete.length <= maxBatch, {
      message: `name at most ${maxBatch} agents in all`,
    }),
  /** In the order of the request: those to create, to update, to delete. */
  result: z.strictObject({ items: z.array(itemSchema) }),
  maxBytes: 5 * 1_048_576,
});
