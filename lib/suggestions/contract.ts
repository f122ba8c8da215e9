import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { pageOf, pageQuery } from '@/lib/api/page';
import { optionalNameSchema } from '@/lib/names/schema';
import { namedEditsSchema } from '@/lib/workflows/edits/named-edits';
import {
  suggestionLimits,
  suggestionSchema,
  suggestionStatusSchema,
  suggestionViewSchema,
} from './schema';

const tag = 'Suggestions';
const params = z.strictObject({ id: z.uuid() });
const oneParams = params.extend({ suggestionId: z.uuid() });
const title = optionalNameSchema(suggestionLimits.title);
const note = z.string().max(suggestionLimits.note);
/** Base64 of a Yjs V1 update whose client ids are 2^32 or higher. */
const update = z
  .string()
  .max(
    Math.ceil(suggestionLimits.update / 3) * 4,
    `is larger than ${suggestionLimits.update} bytes`,
  )
  .regex(/^[A-Za-z0-9+/]*={0,2}$/, 'must be base64');
const keys = z.array(z.string().max(80)).max(10_000).default([]);

export const createSuggestion = defineRoute({
  id: 'suggestions.create',
  method: 'POST',
  path: '/workflows/{id}/suggestions',
  summary:
    'Suggest edits: a definition, a list of named edits or a Yjs update. The draft does not change.',
  tag,
  permission: 'workflows.suggest',
  params,
  body: z.strictObject({
    title: title.default(''),
    note: note.default(''),
    /** `draft`: only you see it until you submit it. */
    status: z.enum(['draft', 'open']).default('open'),
    /** Exactly one of these three. */
    definition: z.unknown().optional(),
    edits: namedEditsSchema.optional(),
    update: update.optional(),
  }),
  result: suggestionViewSchema,
  status: 201,
});
export const listSuggestions = defineRoute({
  id: 'suggestions.list',
  method: 'GET',
  path: '/workflows/{id}/suggestions',
  summary: 'Suggestions for a workflow, newest first; only your own if not submitted.',
  tag,
  permission: 'workflows.read',
  params,
  query: pageQuery.extend({ status: suggestionStatusSchema.optional() }),
  result: pageOf(suggestionSchema),
});
export const getSuggestion = defineRoute({
  id: 'suggestions.get',
  method: 'GET',
  path: '/workflows/{id}/suggestions/{suggestionId}',
  summary: 'A suggestion with its changes and decisions.',
  tag,
  permission: 'workflows.read',
  params: oneParams,
  result: suggestionViewSchema,
});
export const updateSuggestion = defineRoute({
  id: 'suggestions.update',
  method: 'PATCH',
  path: '/workflows/{id}/suggestions/{suggestionId}',
  summary: 'Edit, submit, reopen or withdraw your own suggestion.',
  tag,
  permission: 'workflows.suggest',
  params: oneParams,
  body: z.strictObject({
    title: title.optional(),
    note: note.optional(),
    update: update.optional(),
    status: z.enum(['draft', 'open', 'withdrawn']).optional(),
  }),
  result: suggestionViewSchema,
});
export const decideSuggestion = defineRoute({
  id: 'suggestions.decide',
  method: 'POST',
  path: '/workflows/{id}/suggestions/{suggestionId}/decisions',
  summary: 'Accept or decline changes of a suggestion, and apply the accepted ones to the draft.',
  tag,
  permission: 'workflows.edit',
  params: oneParams,
  body: z.strictObject({
    /** Keys of changes, as `changes` names them. */
    accept: keys,
    refuse: keys,
    /** Where others changed the same since: keys, or `<key>#<field>`, whose suggested value is taken all the same. */
    take: keys,
    /** The draft is edited in the same commit, always; a caller can no longer do that itself. */
    apply: z.literal(true).default(true),
  }),
  result: suggestionViewSchema.extend({
    /** Of the edit that was made, for `POST /workflows/{id}/undo`. */
    editId: z.uuid().optional(),
    /** Keys of accepted changes that others had changed since: those parts of the draft stayed as they were. */
    kept: z.array(z.string()),
  }),
});

export const suggestionContracts = [
  createSuggestion,
  listSuggestions,
  getSuggestion,
  updateSuggestion,
  decideSuggestion,
];
