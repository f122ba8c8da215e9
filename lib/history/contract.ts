import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { pageOf, pageQuery } from '@/lib/api/page';
import { nameSchema } from '@/lib/names/schema';
import { definitionSchema } from '@/lib/workflows/schema';
import { stateVectorSchema } from '@/lib/workflows/state-vector';

const tag = 'History';
const iso = z.iso.datetime();
const params = z.strictObject({ id: z.uuid() });
const revisionParams = z.strictObject({ id: z.uuid(), revisionId: z.uuid() });
/** Of the draft that the person saw: the server waits until its own holds it. */
const stateVector = stateVectorSchema.optional();

/** Null: the product itself, or somebody who is gone. */
const personSchema = z.strictObject({ id: z.string(), name: z.string() }).nullable();
export type HistoryPerson = NonNullable<z.infer<typeof personSchema>>;

const elementSchema = z.strictObject({
  part: z.enum(['meta', 'nodes', 'edges', 'groups', 'notes']),
  /** Empty for the workflow itself. */
  id: z.string(),
  /** As it is named now, or was when it went; empty where nobody knows. */
  name: z.string(),
  change: z.enum(['added', 'removed', 'changed']),
  fields: z.array(z.string()),
});
export type ChangedElement = z.infer<typeof elementSchema>;

const entrySchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('changes'),
    id: z.string(),
    at: iso,
    startedAt: iso,
    author: personSchema,
    /** How it came: `person`, `api`, `suggestion`, `restore`, `repair`, or another. */
    origin: z.string(),
    /** Where accepted or restored edits came from; absent when it is gone. */
    from: z
      .discriminatedUnion('kind', [
        z.strictObject({
          kind: z.literal('suggestion'),
          id: z.uuid(),
          title: z.string(),
          author: personSchema,
        }),
        z.strictObject({ kind: z.literal('revision'), id: z.uuid(), name: z.string() }),
        z.strictObject({ kind: z.literal('version'), number: z.int() }),
      ])
      .optional(),
    elements: z.array(elementSchema),
    /** Elements that were changed too and are not listed. */
    more: z.int(),
  }),
  z.strictObject({
    kind: z.literal('revision'),
    id: z.uuid(),
    at: iso,
    /** Empty for one that was kept by itself. */
    name: z.string(),
    createdBy: personSchema,
    /** Who changed something since the revision before. */
    authors: z.array(personSchema),
  }),
  z.strictObject({
    kind: z.literal('version'),
    id: z.string(),
    at: iso,
    number: z.int(),
    note: z.string(),
    publishedBy: personSchema,
  }),
  z.strictObject({ kind: z.literal('created'), id: z.string(), at: iso, createdBy: personSchema }),
]);
export type ChangesEntry = Extract<HistoryEntry, { kind: 'changes' }>;
export type HistoryEntry = z.infer<typeof entrySchema>;

const revisionSchema = z.strictObject({ id: z.uuid(), at: iso, name: z.string() });
const revisionName = nameSchema(200);

export const listHistory = defineRoute({
  id: 'history.list',
  method: 'GET',
  path: '/workflows/{id}/history',
  summary: 'Who changed what, with saved revisions and versions, newest first.',
  tag,
  permission: 'workflows.read',
  params,
  query: pageQuery,
  result: pageOf(entrySchema),
});
export const getRevision = defineRoute({
  id: 'history.revision',
  method: 'GET',
  path: '/workflows/{id}/history/revisions/{revisionId}',
  summary: 'The draft at a revision.',
  tag,
  permission: 'workflows.read',
  params: revisionParams,
  result: revisionSchema.extend({ definition: definitionSchema }),
});
export const nameRevision = defineRoute({
  id: 'history.name',
  method: 'POST',
  path: '/workflows/{id}/history/revisions',
  summary: 'Save the current draft under a name.',
  tag,
  permission: 'workflows.edit',
  params,
  body: z.strictObject({ name: revisionName, stateVector }),
  result: revisionSchema,
  status: 201,
});
export const renameRevision = defineRoute({
  id: 'history.rename',
  method: 'PATCH',
  path: '/workflows/{id}/history/revisions/{revisionId}',
  summary: 'Name or rename a revision. Named revisions are kept permanently.',
  tag,
  permission: 'workflows.edit',
  params: revisionParams,
  body: z.strictObject({ name: revisionName }),
  result: revisionSchema,
});
export const deleteRevision = defineRoute({
  id: 'history.delete',
  method: 'DELETE',
  path: '/workflows/{id}/history/revisions/{revisionId}',
  summary: 'Delete a named revision. The draft and its edit history are kept.',
  tag,
  permission: 'workflows.edit',
  params: revisionParams,
  result: z.strictObject({ id: z.uuid() }),
});
export const getVersion = defineRoute({
  id: 'workflows.version',
  method: 'GET',
  path: '/workflows/{id}/versions/{number}',
  summary: 'A published version with its definition.',
  tag: 'Workflows',
  permission: 'workflows.read',
  params: z.strictObject({
    id: z.uuid(),
    number: z.coerce
      .number()
      .int()
      .min(1)
      .max(2 ** 31 - 1),
  }),
  result: z.strictObject({
    number: z.int(),
    note: z.string(),
    publishedAt: iso,
    definition: definitionSchema,
  }),
});
export const getBlame = defineRoute({
  id: 'history.blame',
  method: 'GET',
  path: '/workflows/{id}/history/blame/{nodeId}',
  summary: 'Who last changed each field of a step, and when.',
  tag,
  permission: 'workflows.read',
  params: z.strictObject({ id: z.uuid(), nodeId: z.string().max(64) }),
  result: z.strictObject({
    /** By the paths of fields: `name`, `config.prompt`, `config.cases.<row id>.when`. */
    fields: z.record(z.string(), z.strictObject({ at: iso, by: personSchema, origin: z.string() })),
    /** Of every other field: who made the step. */
    created: z.strictObject({ at: iso, by: personSchema, origin: z.string() }),
  }),
});
export const getAhead = defineRoute({
  id: 'history.ahead',
  method: 'GET',
  path: '/workflows/{id}/history/ahead',
  summary: 'The live version, and who changed which elements of the draft since.',
  tag,
  permission: 'workflows.read',
  params,
  result: z.strictObject({
    /** Null before the first version. */
    live: z
      .strictObject({ number: z.int(), publishedAt: iso, definition: definitionSchema })
      .nullable(),
    people: z.array(z.strictObject({ id: z.string(), name: z.string() })),
    /** Ids of those who changed it, by `meta` or `<part>/<element id>`. */
    touchedBy: z.record(z.string(), z.array(z.string())),
  }),
});
export const beginRestore = defineRoute({
  id: 'history.restore',
  method: 'POST',
  path: '/workflows/{id}/history/restores',
  summary:
    'Called before an earlier state is restored: saves the current draft and records the restore in the audit trail.',
  tag,
  permission: 'workflows.edit',
  params,
  body: z.strictObject({
    from: z.union([
      z.strictObject({ revisionId: z.uuid() }),
      z.strictObject({
        version: z
          .int()
          .min(1)
          .max(2 ** 31 - 1),
      }),
    ]),
    stateVector,
  }),
  result: z.strictObject({ definition: definitionSchema }),
});
export const listActivity = defineRoute({
  id: 'history.activity',
  method: 'GET',
  path: '/workflows/{id}/history/activity',
  summary: 'Actions on a workflow from the audit trail, newest first.',
  tag,
  permission: 'audit.read',
  params,
  query: pageQuery,
  result: pageOf(
    z.strictObject({
      id: z.string(),
      at: iso,
      by: personSchema,
      action: z.string(),
      detail: z.record(z.string(), z.unknown()),
    }),
  ),
});

export const historyContracts = [
  listHistory,
  getRevision,
  nameRevision,
  renameRevision,
  deleteRevision,
  getVersion,
  getBlame,
  getAhead,
  beginRestore,
  listActivity,
];
