import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { pageOf, pageQuery } from '@/lib/api/page';

const iso = z.iso.datetime();
const params = z.strictObject({ id: z.uuid() });

const trashedSchema = z.strictObject({
  /** When it was moved to the trash. */
  deletedAt: iso,
  /** Who moved it there; null where nobody is known. */
  deletedBy: z.string().nullable(),
  /** When it is deleted for good. */
  goesAt: iso,
});

/** What the error `not_found` of a workflow in the trash says about it. */
export const trashedDetailsSchema = z.object({
  trashed: z.object({ name: z.string(), ...trashedSchema.shape }),
});

export const trashItemSchema = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  description: z.string(),
  liveVersion: z.int().nullable(),
  ...trashedSchema.shape,
});
export type TrashItem = z.infer<typeof trashItemSchema>;

export const listTrash = defineRoute({
  id: 'trash.list',
  method: 'GET',
  path: '/trash',
  summary: 'Workflows in the trash, last deleted first. After 30 days they are deleted for good.',
  tag: 'Workflows',
  permission: 'workflows.read',
  query: pageQuery,
  result: pageOf(trashItemSchema),
});
export const restoreWorkflow = defineRoute({
  id: 'workflows.restore',
  method: 'POST',
  path: '/workflows/{id}/restore',
  summary:
    'Take a workflow out of the trash, as it was. Its triggers go on; times that passed meanwhile are not made up for.',
  tag: 'Workflows',
  permission: 'workflows.delete',
  params,
  result: z.strictObject({ id: z.uuid(), name: z.string() }),
});
export const purgeWorkflow = defineRoute({
  id: 'trash.purge',
  method: 'DELETE',
  path: '/trash/{id}',
  summary:
    'Delete a workflow in the trash for good: draft, versions, history, comments and triggers. Its runs are kept.',
  tag: 'Workflows',
  permission: 'workspace.manage',
  params,
  result: z.strictObject({ id: z.uuid() }),
});
export const trashContracts = [listTrash, restoreWorkflow, purgeWorkflow];
