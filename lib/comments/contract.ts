import { z } from 'zod';
import { momentSchema } from '@/lib/api/bounds';
import { defineRoute } from '@/lib/api/define-route';
import { pageOf, pageQuery } from '@/lib/api/page';
import { elementIdSchema } from '@/lib/workflows/schema';
import { anchorSchema, bodySchema } from './schema';

const iso = z.iso.datetime();
const params = z.strictObject({ id: z.uuid() });
const tag = 'Comments';
const yes = z.stringbool().optional();

/** Absent: an account that is gone. */
const personSchema = z.strictObject({ id: z.string(), name: z.string() });

export const commentSchema = z.strictObject({
  id: z.uuid(),
  author: personSchema.nullable(),
  /** Markdown with mentions; empty when the comment was deleted. */
  body: z.string(),
  mentions: z.array(personSchema),
  createdAt: iso,
  editedAt: iso.nullable(),
  deleted: z.boolean(),
});
export type Comment = z.infer<typeof commentSchema>;

export const commentThreadSchema = z.strictObject({
  id: z.uuid(),
  workflowId: z.uuid(),
  anchor: anchorSchema,
  createdAt: iso,
  updatedAt: iso,
  resolvedAt: iso.nullable(),
  resolvedBy: personSchema.nullable(),
  /** The comment that it began with. */
  opening: commentSchema,
  replies: z.int(),
  /** Who wrote in it, in the order of their first comments; at most five. */
  people: z.array(personSchema),
  /** Others wrote since one last read it. */
  unread: z.boolean(),
});
export type CommentThread = z.infer<typeof commentThreadSchema>;

export const openThreadSchema = commentThreadSchema.extend({ comments: z.array(commentSchema) });
export type OpenThread = z.infer<typeof openThreadSchema>;

export const threadStatuses = ['open', 'resolved', 'all'] as const;
export type ThreadStatus = (typeof threadStatuses)[number];

export const listComments = defineRoute({
  id: 'comments.list',
  method: 'GET',
  path: '/workflows/{id}/comments',
  summary: 'Comment threads of a workflow, most recently active first.',
  tag,
  permission: 'workflows.read',
  params,
  query: pageQuery.extend({
    status: z.enum(threadStatuses).default('open'),
    mine: yes.describe('Only threads you wrote in.'),
    unread: yes.describe('Only threads with unread comments.'),
    mentions: yes.describe('Only threads that mention you.'),
    node: elementIdSchema.optional().describe('Only threads on this step or its texts.'),
  }),
  result: pageOf(commentThreadSchema).extend({
    /** Of the whole workflow, whatever the filters; unread ones are open. */
    counts: z.strictObject({ open: z.int(), resolved: z.int(), unread: z.int() }),
  }),
});
export const startComments = defineRoute({
  id: 'comments.start',
  method: 'POST',
  path: '/workflows/{id}/comments',
  summary: 'Start a thread with its first comment. Mention members by `@[Name](user:id)`.',
  tag,
  permission: 'workflows.comment',
  params,
  body: z.strictObject({ anchor: anchorSchema, body: bodySchema }),
  result: openThreadSchema,
  status: 201,
});
export const getComments = defineRoute({
  id: 'comments.get',
  method: 'GET',
  path: '/comments/{id}',
  summary: 'A thread with its comments, oldest first.',
  tag,
  permission: 'workflows.read',
  params,
  result: openThreadSchema,
});
export const resolveComments = defineRoute({
  id: 'comments.resolve',
  method: 'PATCH',
  path: '/comments/{id}',
  summary: 'Resolve or reopen a thread.',
  tag,
  permission: 'workflows.comment',
  params,
  body: z.strictObject({ resolved: z.boolean() }),
  result: openThreadSchema,
});
export const readComments = defineRoute({
  id: 'comments.read',
  method: 'POST',
  path: '/comments/{id}/read',
  summary: 'Mark a thread as read up to a point in time.',
  tag,
  permission: 'workflows.read',
  params,
  body: z.strictObject({
    at: momentSchema.describe('When the last comment you saw was written.'),
  }),
  result: z.strictObject({ id: z.uuid() }),
});
export const replyComment = defineRoute({
  id: 'comments.reply',
  method: 'POST',
  path: '/comments/{id}/replies',
  summary: 'Reply to a thread. A resolved thread is reopened.',
  tag,
  permission: 'workflows.comment',
  params,
  body: z.strictObject({ body: bodySchema }),
  result: openThreadSchema,
  status: 201,
});
const commentParams = params.extend({ commentId: z.uuid() });
export const editComment = defineRoute({
  id: 'comments.edit',
  method: 'PATCH',
  path: '/comments/{id}/replies/{commentId}',
  summary: 'Edit your own comment.',
  tag,
  permission: 'workflows.comment',
  params: commentParams,
  body: z.strictObject({ body: bodySchema }),
  result: openThreadSchema,
});
export const deleteComment = defineRoute({
  id: 'comments.delete',
  method: 'DELETE',
  path: '/comments/{id}/replies/{commentId}',
  summary:
    'Delete a comment: your own, or anyone’s as an admin. Deleting the last one deletes the thread.',
  tag,
  permission: 'workflows.comment',
  params: commentParams,
  result: z.strictObject({ id: z.uuid(), threadDeleted: z.boolean() }),
});

export const commentContracts = [
  listComments,
  startComments,
  getComments,
  resolveComments,
  readComments,
  replyComment,
  editComment,
  deleteComment,
];
