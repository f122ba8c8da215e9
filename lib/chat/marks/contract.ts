import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { markSchema } from './mark';

export const findMarks = defineRoute({
  id: 'chat.marks',
  method: 'GET',
  path: '/chat-marks',
  summary:
    'Find what a message can name with `#`: files, runs, steps of drafts and entries of memory that you may read, by their names. Without `q` the newest of each.',
  tag: 'Chat',
  permission: 'chat.read',
  query: z.strictObject({
    q: z.string().trim().max(100).default(''),
    /** Steps of this workflow come first. */
    workflowId: z.uuid().optional(),
    /** Of each kind. */
    limit: z.coerce.number().int().min(1).max(20).default(5),
  }),
  result: z.strictObject({
    /** Those of one kind beside each other. */
    items: z.array(
      z.strictObject({
        mark: markSchema,
        /** Where it is, or what it is about, in a few words. */
        detail: z.string(),
      }),
    ),
  }),
});
export const markContracts = [findMarks];
