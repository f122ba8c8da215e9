import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';

export const optimiseWorkflow = defineRoute({
  id: 'workflows.optimise',
  method: 'POST',
  path: '/workflows/{id}/optimise',
  summary:
    'Suggest a draft that gives the same with less work or in less time: steps that nobody reads are dropped, equal ones merged, and those that nothing orders run at the same time. Both are rehearsed first; where their outputs differ, nothing is suggested.',
  tag: 'Workflows',
  permission: 'runs.start',
  params: z.strictObject({ id: z.uuid() }),
  body: z
    .strictObject({
      /** What both are rehearsed with. */
      input: z.record(z.string(), z.json()).default({}),
    })
    .optional(),
  result: z.strictObject({
    /** The suggestion to decide on; null where there is nothing to rewrite. */
    suggestionId: z.uuid().nullable(),
    rewrites: z.array(
      z.strictObject({
        kind: z.enum(['drop', 'merge', 'parallel']),
        /** Ids of the steps that it is about. */
        steps: z.array(z.string()),
        does: z.string(),
        /** Why the outputs stay as they are. */
        proof: z.string(),
      }),
    ),
  }),
});
export const optimiseContracts = [optimiseWorkflow];
