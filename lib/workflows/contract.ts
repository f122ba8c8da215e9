import { z } from 'zod';
import { largestNumber } from '@/lib/api/bounds';
import { defineRoute } from '@/lib/api/define-route';
import { pageOf, pageQuery } from '@/lib/api/page';
import { runSummarySchema } from '@/lib/runs/contract';
import { folderSchema } from './organise/folder';
import { definitionSchema } from './schema';
import { stateVectorSchema } from './state-vector';

const iso = z.iso.datetime();
const versionNumber = z.int().min(1).max(largestNumber);
const params = z.strictObject({ id: z.uuid() });
const fileTypes = ['application/json', 'application/yaml', 'application/x-yaml', 'text/yaml'];

export const problemSchema = z.strictObject({
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  message: z.string(),
  nodeId: z.string().optional(),
  edgeId: z.string().optional(),
  path: z.array(z.union([z.string(), z.number()])).optional(),
  /** Nothing is wrong yet: something was not filled in. */
  missing: z.literal(true).optional(),
  /** The whole text of the field as it was probably meant. */
  fix: z.string().optional(),
});

export const workflowSummarySchema = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  description: z.string(),
  /** Names from the top down, such as `Sales/Reports`; empty: in no folder. */
  folder: z.string(),
  tags: z.array(z.string()),
  /** Whether it is a favourite of who asks. */
  favourite: z.boolean(),
  createdAt: iso,
  updatedAt: iso,
  liveVersion: z.int().nullable(),
  nodeCount: z.int(),
  lastRuns: z.array(runSummarySchema),
});
export type WorkflowSummary = z.infer<typeof workflowSummarySchema>;

export const workflowViewSchema = workflowSummarySchema.extend({
  /** The draft as it stands. */
  definition: definitionSchema,
  /** Number of the newest version, live or not; null before the first. */
  lastVersion: z.int().nullable(),
  /** Counts the changes of the draft; it is its ETag, too. */
  draftNumber: z.int(),
  problems: z.array(problemSchema),
  /** True when the draft differs from the live version, or nothing was published yet. */
  ahead: z.boolean(),
  /** After an edit that changed something: for taking it back. */
  editId: z.uuid().optional(),
  /** After an edit: what the product had to change for the draft to keep its rules. */
  repaired: z.string().optional(),
});
export type WorkflowView = z.infer<typeof workflowViewSchema>;

export const workflowSorts = ['updated', 'name', 'created'] as const;
export type WorkflowSort = (typeof workflowSorts)[number];

/** A body in either format (ours, or the task list): parsed by `lib/workflows/definition/import`, which names line and reason. */
const fileBody = z.unknown();
const maxFileBytes = 2 * 1_048_576;

export const createWorkflow = defineRoute({
  id: 'workflows.create',
  method: 'POST',
  path: '/workflows',
  summary: 'Create a workflow from a definition in JSON or YAML, or from a task list.',
  tag: 'Workflows',
  permission: 'workflows.edit',
  /** `folder`: where it is kept. */
  query: z.strictObject({ folder: folderSchema.optional() }),
  body: fileBody,
  accepts: fileTypes,
  maxBytes: maxFileBytes,
  result: z.strictObject({ id: z.uuid(), name: z.string(), problems: z.array(problemSchema) }),
  status: 201,
});
export const duplicateWorkflow = defineRoute({
  id: 'workflows.duplicate',
  method: 'POST',
  path: '/workflows/{id}/duplicate',
  summary:
    'Create a workflow from the draft of another one as it stands. Triggers, versions and runs stay with the first.',
  tag: 'Workflows',
  permission: 'workflows.edit',
  params,
  result: createWorkflow.result,
  status: 201,
});
export const listWorkflows = defineRoute({
  id: 'workflows.list',
  method: 'GET',
  path: '/workflows',
  summary: 'Workflows of the workspace, each with its last five runs.',
  tag: 'Workflows',
  permission: 'workflows.read',
  query: pageQuery.extend({
    q: z.string().max(200).optional(),
    /** Those in and below this folder; empty: those in none. */
    folder: folderSchema.optional(),
    /** Those with this tag, whatever its capitals. */
    tag: z.string().max(200).optional(),
    /** True: your favourites alone. */
    favourite: z.enum(['true', 'false']).optional(),
    /** Last changed first, by name, or newest first. */
    sort: z.enum(workflowSorts).default('updated'),
  }),
  result: pageOf(workflowSummarySchema),
});
export const getWorkflow = defineRoute({
  id: 'workflows.get',
  method: 'GET',
  path: '/workflows/{id}',
  summary: 'A workflow with its draft and the draft’s problems.',
  tag: 'Workflows',
  permission: 'workflows.read',
  params,
  result: workflowViewSchema,
  conditional: true,
});
export const putWorkflow = defineRoute({
  id: 'workflows.put',
  method: 'PUT',
  path: '/workflows/{id}',
  summary:
    'Replace the whole draft. People who have it open see the change as an edit. With If-Match, only the draft you read is replaced.',
  tag: 'Workflows',
  permission: 'workflows.edit',
  params,
  body: fileBody,
  accepts: fileTypes,
  maxBytes: maxFileBytes,
  result: workflowViewSchema,
  conditional: true,
});
export const deleteWorkflow = defineRoute({
  id: 'workflows.delete',
  method: 'DELETE',
  path: '/workflows/{id}',
  summary:
    'Move a workflow to the trash: it is in no list and starts no runs. Runs under way go on. It can be restored for 30 days.',
  tag: 'Workflows',
  permission: 'workflows.delete',
  params,
  result: z.strictObject({ id: z.uuid() }),
});
/** Answers with the file itself, so its handler writes the response; the contract is for docs and permission. */
export const exportWorkflow = defineRoute({
  id: 'workflows.export',
  method: 'GET',
  path: '/workflows/{id}/export',
  summary: 'The draft as a file, in JSON or YAML.',
  tag: 'Workflows',
  permission: 'workflows.read',
  params,
  query: z.strictObject({ format: z.enum(['json', 'yaml']).default('json') }),
  result: z.unknown(),
});
export const publishWorkflow = defineRoute({
  id: 'workflows.publish',
  method: 'POST',
  path: '/workflows/{id}/publish',
  summary: 'Publish the draft as a new version. Runs use it from now on.',
  tag: 'Workflows',
  permission: 'workflows.publish',
  params,
  body: z
    .strictObject({
      note: z.string().max(2_000).default(''),
      /** Of the draft that the person saw: the server waits until its own holds it. */
      stateVector: stateVectorSchema.optional(),
    })
    .optional(),
  result: z.strictObject({ version: z.int() }),
  status: 201,
});
export const unpublishWorkflow = defineRoute({
  id: 'workflows.unpublish',
  method: 'POST',
  path: '/workflows/{id}/unpublish',
  summary:
    'Take the live version off. Triggers start no runs until a version is live again; versions, draft and runs are kept.',
  tag: 'Workflows',
  permission: 'workflows.publish',
  params,
  /** `version`: only where this one is live; another one is a conflict. */
  body: z.strictObject({ version: versionNumber.optional() }).optional(),
  result: z.strictObject({ liveVersion: z.int().nullable() }),
});
export const promoteVersion = defineRoute({
  id: 'workflows.promote',
  method: 'POST',
  path: '/workflows/{id}/versions/{number}/promote',
  summary: 'Make a published version live again, as it is. The draft is not changed.',
  tag: 'Workflows',
  permission: 'workflows.publish',
  params: params.extend({ number: z.coerce.number().int().min(1).max(largestNumber) }),
  /** `replaces`: only where this version is live now, or none (null); else it is a conflict. */
  body: z.strictObject({ replaces: versionNumber.nullable().optional() }).optional(),
  result: z.strictObject({ liveVersion: z.int() }),
});
export const versionSchema = z.strictObject({
  number: z.int(),
  note: z.string(),
  publishedBy: z.string().nullable(),
  publishedAt: iso,
  nodeCount: z.int(),
});
export const listVersions = defineRoute({
  id: 'workflows.versions',
  method: 'GET',
  path: '/workflows/{id}/versions',
  summary: 'Published versions, newest first.',
  tag: 'Workflows',
  permission: 'workflows.read',
  params,
  query: pageQuery,
  result: pageOf(versionSchema),
});
export const listCallable = defineRoute({
  id: 'workflows.callable',
  method: 'GET',
  path: '/callable-workflows',
  summary: 'Workflows that a step can run, by name, at most 20, and why some cannot.',
  tag: 'Workflows',
  permission: 'workflows.read',
  query: z.strictObject({
    /** The workflow whose step it is. */
    by: z.uuid().optional(),
    q: z.string().max(200).optional(),
    /** This one alone. */
    id: z.uuid().optional(),
  }),
  result: z.strictObject({
    items: z.array(
      z.strictObject({
        id: z.uuid(),
        name: z.string(),
        liveVersion: z.int().nullable(),
        /** Why it cannot be run: it is the one that asks, nothing of it is published, or it runs the one that asks. */
        blocked: z.enum(['itself', 'unpublished', 'recursion']).nullable(),
      }),
    ),
    /** Whether there are others. */
    more: z.boolean(),
  }),
});
export const workflowContracts = [
  createWorkflow,
  duplicateWorkflow,
  listWorkflows,
  getWorkflow,
  putWorkflow,
  deleteWorkflow,
  exportWorkflow,
  publishWorkflow,
  unpublishWorkflow,
  promoteVersion,
  listVersions,
  listCallable,
];
