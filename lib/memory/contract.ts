import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { pageOf } from '@/lib/api/page';
import { nameSchema } from '@/lib/names/schema';
import { maxImported, maxListed } from './limits';
import { lockContracts } from './locks/contract';
import { matchBys } from './match-by';
import {
  changeSchema,
  checkpointSchema,
  conflictSchema,
  countersSchema,
  entrySchema,
  expectSchema,
  expiresInSchema,
  hitSchema,
  listedEntrySchema,
  meaningStateSchema,
  pathSchema,
  putOutcomes,
  spaceKeySchema,
  spaceSchema,
  strategySchema,
  underSchema,
  valueSchema,
  versionSchema,
} from './schema';

const tag = 'Memory';
const params = z.strictObject({ space: spaceKeySchema });
/** In an address the parts of a path are parts of the address. */
const entryParams = z.strictObject({
  space: spaceKeySchema,
  path: z
    .union([z.string(), z.array(z.string())])
    .transform((given) => (typeof given === 'string' ? given : given.join('/')))
    .pipe(pathSchema),
});
const number = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const limit = z.coerce.number().int().min(1).max(maxListed).default(100);

export const listSpaces = defineRoute({
  id: 'memory.list-spaces',
  method: 'GET',
  path: '/memory/spaces',
  summary: 'Spaces of memory that you may read, with how much they hold.',
  tag,
  permission: 'memory.read',
  result: z.strictObject({ items: z.array(spaceSchema) }),
});
export const createSpace = defineRoute({
  id: 'memory.create-space',
  method: 'POST',
  path: '/memory/spaces',
  summary: 'Create a shared space with a name. All other spaces begin with their first entry.',
  tag,
  permission: 'memory.edit',
  body: z.strictObject({ name: nameSchema(100) }),
  result: spaceSchema,
  status: 201,
});
export const deleteSpace = defineRoute({
  id: 'memory.delete-space',
  method: 'DELETE',
  path: '/memory/{space}',
  summary: 'Delete a space with all its entries and versions. This cannot be undone.',
  tag,
  permission: 'memory.edit',
  params,
  result: z.strictObject({ space: z.string() }),
});
export const listEntries = defineRoute({
  id: 'memory.list-entries',
  method: 'GET',
  path: '/memory/{space}/entries',
  summary: 'Entries of a space by path, those below a path alone where one is given.',
  tag,
  permission: 'memory.read',
  params,
  query: z.strictObject({
    limit,
    cursor: z.string().max(600).optional(),
    under: underSchema.default(''),
  }),
  result: pageOf(listedEntrySchema),
});
export const getEntry = defineRoute({
  id: 'memory.get',
  method: 'GET',
  path: '/memory/{space}/{path}',
  summary:
    'An entry with its value, or a former version of it. The path may have parts: customers/acme.',
  tag,
  permission: 'memory.read',
  params: entryParams,
  query: z.strictObject({ version: z.coerce.number().int().min(1).optional() }),
  result: entrySchema,
});
export const putEntry = defineRoute({
  id: 'memory.put',
  method: 'PUT',
  path: '/memory/{space}/{path}',
  summary:
    'Write an entry. `expect` names the version that you have read, `absent` or `any`; `strategy` says what happens when something else stands there: `last`, `first`, `version` (refuse), `merge` or `manual`.',
  tag,
  permission: 'memory.edit',
  params: entryParams,
  body: z.strictObject({
    value: valueSchema,
    expect: expectSchema.optional(),
    strategy: strategySchema.default('last'),
    /** Numbers in the value, by their path, whose differences add up in a merge. */
    counters: countersSchema.optional(),
    expiresInSeconds: expiresInSchema.optional(),
    /** Written only while this lock is held. */
    token: z.int().min(1).optional(),
    /** Keeps it though it looks like a secret; the entry is marked. */
    allowSecret: z.boolean().optional(),
  }),
  result: z.strictObject({
    outcome: z.enum(putOutcomes),
    /** What stands there now. */
    entry: entrySchema,
    /** The version of somebody else that was written over. */
    overwrote: z.int().optional(),
    conflictId: z.uuid().optional(),
  }),
});
export const deleteEntry = defineRoute({
  id: 'memory.delete',
  method: 'DELETE',
  path: '/memory/{space}/{path}',
  summary: 'Delete an entry. Its versions stay, and it can be restored.',
  tag,
  permission: 'memory.edit',
  params: entryParams,
  query: z.strictObject({
    expect: z.coerce.number().int().min(1).optional(),
    token: z.coerce.number().int().min(1).optional(),
  }),
  result: z.strictObject({ path: z.string(), version: z.int() }),
});
export const listVersions = defineRoute({
  id: 'memory.list-versions',
  method: 'GET',
  path: '/memory/{space}/versions',
  summary: 'Versions of an entry, the newest first, each with its value and who wrote it.',
  tag,
  permission: 'memory.read',
  params,
  query: z.strictObject({
    path: pathSchema,
    limit: z.coerce.number().int().min(1).max(50).default(20),
    before: z.coerce.number().int().min(1).optional(),
  }),
  result: z.strictObject({ items: z.array(versionSchema), more: z.boolean() }),
});
export const listChanges = defineRoute({
  id: 'memory.list-changes',
  method: 'GET',
  path: '/memory/{space}/changes',
  summary:
    'Changes of a space after a number, in the order of their commits and without gaps. `oldest` is the first that is still kept.',
  tag,
  permission: 'memory.read',
  params,
  query: z.strictObject({
    after: number.optional(),
    limit,
    values: z.enum(['true', 'false']).default('false'),
  }),
  result: z.strictObject({
    items: z.array(changeSchema),
    latest: z.int(),
    oldest: z.int(),
  }),
});
export const searchMemory = defineRoute({
  id: 'memory.search',
  method: 'POST',
  path: '/memory/search',
  summary:
    'Find entries by the words of their path and value, by their meaning, or by both, with the reason why each was found.',
  tag,
  permission: 'memory.read',
  body: z.strictObject({
    q: z.string().trim().min(1).max(400),
    /** In these spaces alone; else in all that you may read. */
    spaces: z.array(z.string().max(200)).max(20).optional(),
    limit: z.int().min(1).max(50).default(20),
    by: z.enum(matchBys).default('both'),
  }),
  result: z.strictObject({ hits: z.array(hitSchema), meaning: meaningStateSchema }),
});
export const listConflicts = defineRoute({
  id: 'memory.list-conflicts',
  method: 'GET',
  path: '/memory/conflicts',
  summary: 'Writes that wait for a decision, the newest first.',
  tag,
  permission: 'memory.read',
  query: z.strictObject({ space: z.string().max(200).optional() }),
  result: z.strictObject({ items: z.array(conflictSchema) }),
});
export const resolveConflict = defineRoute({
  id: 'memory.resolve-conflict',
  method: 'POST',
  path: '/memory/conflicts/{id}/resolve',
  summary:
    'Decide a conflict: write the value that was wanted (`mine`), leave what stands there (`theirs`), or write another one.',
  tag,
  permission: 'memory.edit',
  params: z.strictObject({ id: z.uuid() }),
  body: z.strictObject({
    take: z.enum(['mine', 'theirs', 'value']),
    value: valueSchema.optional(),
  }),
  result: z.strictObject({ space: z.string(), path: z.string(), version: z.int() }),
});
export const listCheckpoints = defineRoute({
  id: 'memory.list-checkpoints',
  method: 'GET',
  path: '/memory/{space}/checkpoints',
  summary: 'Checkpoints of a space, the newest first.',
  tag,
  permission: 'memory.read',
  params,
  result: z.strictObject({ items: z.array(checkpointSchema) }),
});
export const createCheckpoint = defineRoute({
  id: 'memory.create-checkpoint',
  method: 'POST',
  path: '/memory/{space}/checkpoints',
  summary: 'Name the state of a space, to come back to it.',
  tag,
  permission: 'memory.edit',
  params,
  body: z.strictObject({ name: nameSchema(100) }),
  result: checkpointSchema,
  status: 201,
});
export const deleteCheckpoint = defineRoute({
  id: 'memory.delete-checkpoint',
  method: 'DELETE',
  path: '/memory/{space}/checkpoints/{id}',
  summary: 'Delete a checkpoint. Entries stay as they are.',
  tag,
  permission: 'memory.edit',
  params: z.strictObject({ space: spaceKeySchema, id: z.uuid() }),
  result: z.strictObject({ id: z.uuid() }),
});
export const restoreMemory = defineRoute({
  id: 'memory.restore',
  method: 'POST',
  path: '/memory/{space}/restore',
  summary:
    'Bring a space back to a checkpoint, or one entry to a version. Both write new versions; nothing is lost. With `preview` nothing is written.',
  tag,
  permission: 'memory.edit',
  params,
  body: z.strictObject({
    to: z.union([
      z.strictObject({ checkpoint: z.uuid() }),
      z.strictObject({ number: z.int().min(0) }),
      z.strictObject({ path: pathSchema, version: z.int().min(1) }),
    ]),
    /** Of a checkpoint or number: only what lies at or below this path. */
    under: underSchema.default(''),
    preview: z.boolean().default(false),
  }),
  result: z.strictObject({
    changes: z.array(
      z.strictObject({
        path: z.string(),
        change: z.enum(['brought back', 'changed', 'deleted']),
        from: z.int(),
      }),
    ),
    number: z.int(),
  }),
});
const exportedEntrySchema = z.strictObject({
  path: z.string(),
  value: z.json(),
  expiresAt: z.iso.datetime().nullable().default(null),
});
export const exportSpace = defineRoute({
  id: 'memory.export',
  method: 'GET',
  path: '/memory/{space}/export',
  summary: 'All entries of a space as JSON, as import takes them.',
  tag,
  permission: 'memory.read',
  params,
  result: z.strictObject({
    format: z.literal('ensemble-memory-1'),
    space: z.string(),
    number: z.int(),
    entries: z.array(exportedEntrySchema),
  }),
});
export const importSpace = defineRoute({
  id: 'memory.import',
  method: 'POST',
  path: '/memory/{space}/import',
  summary:
    'Write many entries at once, all or none. Those that are there already are written over (`last`) or stay (`first`).',
  tag,
  permission: 'memory.edit',
  params,
  maxBytes: 16 * 1_048_576,
  body: z.strictObject({
    /** As an export has them; they are not looked at. */
    format: z.literal('ensemble-memory-1').optional(),
    space: z.string().max(200).optional(),
    number: z.int().optional(),
    entries: z
      .array(
        z.strictObject({
          path: pathSchema,
          value: valueSchema,
          expiresAt: z.iso.datetime().nullable().default(null),
        }),
      )
      .min(1)
      .max(maxImported),
    strategy: z.enum(['last', 'first']).default('last'),
  }),
  result: z.strictObject({ written: z.int(), unchanged: z.int(), kept: z.int() }),
});
export const memoryContracts = [
  ...lockContracts,
  listSpaces,
  createSpace,
  deleteSpace,
  listEntries,
  getEntry,
  putEntry,
  deleteEntry,
  listVersions,
  listChanges,
  searchMemory,
  listConflicts,
  resolveConflict,
  listCheckpoints,
  createCheckpoint,
  deleteCheckpoint,
  restoreMemory,
  exportSpace,
  importSpace,
];
