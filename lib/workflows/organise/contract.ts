import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { folderSchema } from './folder';
import { tagSchema, tagsSchema } from './tags';

const params = z.strictObject({ id: z.uuid() });
const tag = 'Workflows';

export const organiseWorkflow = defineRoute({
  id: 'workflows.organise',
  method: 'PATCH',
  path: '/workflows/{id}',
  summary:
    'Move a workflow to a folder, or change its tags. What is left out stays; the draft is not changed.',
  tag,
  permission: 'workflows.edit',
  params,
  body: z.strictObject({
    /** Names from the top down, such as `Sales/Reports`; empty: in no folder. */
    folder: folderSchema.optional(),
    /** All its tags. */
    tags: tagsSchema.optional(),
    /** Tags to add to those that it has. */
    addTags: z.array(tagSchema).max(10).optional(),
    /** Tags to take away, whatever their capitals. */
    removeTags: z.array(tagSchema).max(10).optional(),
  }),
  result: z.strictObject({ id: z.uuid(), folder: z.string(), tags: z.array(z.string()) }),
});
export const addFavourite = defineRoute({
  id: 'workflows.favourite',
  method: 'PUT',
  path: '/workflows/{id}/favourite',
  summary: 'Make a workflow a favourite of yours. Others do not see that.',
  tag,
  permission: 'workflows.read',
  params,
  result: z.strictObject({ id: z.uuid(), favourite: z.boolean() }),
});
export const removeFavourite = defineRoute({
  id: 'workflows.unfavourite',
  method: 'DELETE',
  path: '/workflows/{id}/favourite',
  summary: 'Make a workflow no favourite of yours any more.',
  tag,
  permission: 'workflows.read',
  params,
  result: z.strictObject({ id: z.uuid(), favourite: z.boolean() }),
});
export const workflowLabelsSchema = z.strictObject({
  /** Every folder in which a workflow lies, with how many lie directly in it; without the empty path. */
  folders: z.array(z.strictObject({ path: z.string(), count: z.int() })),
  tags: z.array(z.strictObject({ name: z.string(), count: z.int() })),
  all: z.int(),
  favourites: z.int(),
});
export type WorkflowLabels = z.infer<typeof workflowLabelsSchema>;
export const listLabels = defineRoute({
  id: 'workflows.labels',
  method: 'GET',
  path: '/workflow-labels',
  summary: 'Folders and tags of the workspace’s workflows, with how many there are in each.',
  tag,
  permission: 'workflows.read',
  result: workflowLabelsSchema,
});
export const moveFolder = defineRoute({
  id: 'workflows.move-folder',
  method: 'POST',
  path: '/workflow-folders/move',
  summary:
    'Rename a folder, or move it with all that is in and below it. A folder that is there is joined.',
  tag,
  permission: 'workflows.edit',
  body: z.strictObject({ from: folderSchema.min(1), to: folderSchema.min(1) }),
  result: z.strictObject({ folder: z.string(), moved: z.int() }),
});
export const organiseContracts = [
  organiseWorkflow,
  addFavourite,
  removeFavourite,
  listLabels,
  moveFolder,
];
