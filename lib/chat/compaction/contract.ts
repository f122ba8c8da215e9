import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { maxSummaryCharacters } from '@/lib/models/context/summary';

const act = z.strictObject({ by: z.string(), at: z.iso.datetime() });

/** Earlier messages of a thread that are sent as a summary. They stay in the thread as they were written. */
export const compactionSchema = z.strictObject({
  id: z.uuid(),
  /** The position of the last message that the summary stands for. */
  upTo: z.int(),
  /** How many messages that are, and their tokens by estimate; and those of the summary. */
  messages: z.int(),
  tokensBefore: z.int(),
  tokensAfter: z.int(),
  /** Markdown. */
  summary: z.string(),
  /** The model that wrote it, as `provider/model`, and the run in which it did. */
  model: z.string(),
  runId: z.uuid(),
  createdAt: z.iso.datetime(),
  /** Who changed the summary since, or put it out of use; null where nobody did. */
  edited: act.nullable(),
  undone: act.nullable(),
  /** The number that a change names. */
  version: z.int(),
});
export type Compaction = z.infer<typeof compactionSchema>;

export const updateCompaction = defineRoute({
  id: 'chat.compaction',
  method: 'PATCH',
  path: '/threads/{id}/compactions/{compactionId}',
  summary:
    'Change the summary that stands for earlier messages of a thread, put it out of use (`undone`), or use it again. 409 where it was changed since `version`.',
  tag: 'Chat',
  permission: 'chat.write',
  params: z.strictObject({ id: z.uuid(), compactionId: z.uuid() }),
  body: z
    .strictObject({
      version: z.int().min(1),
      summary: z.string().trim().min(1, 'write a summary').max(maxSummaryCharacters).optional(),
      undone: z.boolean().optional(),
    })
    .refine(
      ({ summary, undone }) => summary !== undefined || undone !== undefined,
      'name `summary` or `undone`',
    ),
  result: compactionSchema,
});
export const compactionContracts = [updateCompaction];
