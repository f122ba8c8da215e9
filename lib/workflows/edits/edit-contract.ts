import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { problemSchema } from '../contract';
import { namedEditsSchema } from './named-edits';

const tag = 'Workflows';
const params = z.strictObject({ id: z.uuid() });

export const editWorkflow = defineRoute({
  id: 'workflows.edit',
  method: 'POST',
  path: '/workflows/{id}/edits',
  summary:
    'Apply named edits to the draft, all or none. People who have it open see them immediately.',
  tag,
  permission: 'workflows.edit',
  params,
  body: z.strictObject({ edits: namedEditsSchema }),
  result: z.strictObject({
    /** For taking these edits back; absent when nothing changed. */
    editId: z.uuid().optional(),
    /** Of the draft after it. */
    draftNumber: z.int(),
    /** What the product had to change for the draft to keep its rules. */
    repaired: z.string().optional(),
    problems: z.array(problemSchema),
  }),
  conditional: true,
});
export const undoEdit = defineRoute({
  id: 'workflows.undo',
  method: 'POST',
  path: '/workflows/{id}/undo',
  summary: 'Undo an edit made through the API, unless others changed the same parts since.',
  tag,
  permission: 'workflows.edit',
  params,
  body: z.strictObject({
    editId: z.uuid(),
    /** Takes back what can be, where others have changed some of it since, instead of refusing. */
    partial: z.boolean().default(false),
  }),
  result: z.strictObject({
    /** Of this edit, which can be taken back in turn; absent when nothing changed. */
    editId: z.uuid().optional(),
    /** Of the draft after it. */
    draftNumber: z.int(),
    /** What stays because others changed it since: `nodes/<id>`, or `nodes/<id>#<field>`. */
    stays: z.array(z.string()),
    problems: z.array(problemSchema),
  }),
});

export const editContracts = [editWorkflow, undoEdit];
