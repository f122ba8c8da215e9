import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { pageOf, pageQuery } from '@/lib/api/page';
import { nameSchema } from '@/lib/names/schema';
import {
  emailSchema,
  passwordSchema,
  personNameSchema,
  roleSchema,
  workspaceNameSchema,
} from './schema';

const iso = z.iso.datetime();
const id = z.string().min(1).max(100);
const params = z.strictObject({ id });

/** Roles that an invitation or a change of role by an admin may give. */
export const invitedRoleSchema = z.enum(['admin', 'editor', 'commenter', 'viewer']);

export const workspaceSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** Stands for the id in the header `x-workspace`. */
  slug: z.string(),
  /** The asking person's role in it. */
  role: roleSchema,
});
export type Workspace = z.infer<typeof workspaceSchema>;

export const personSchema = z.strictObject({ id: z.string(), name: z.string(), email: z.string() });

export const memberSchema = z.strictObject({
  userId: z.string(),
  name: z.string(),
  email: z.string(),
  role: roleSchema,
  joinedAt: iso,
  /** Whether signing in asks for a code; told to those who manage members. */
  twoFactor: z.boolean().optional(),
});
export type Member = z.infer<typeof memberSchema>;

export const invitationSchema = z.strictObject({
  id: z.string(),
  email: z.string(),
  role: roleSchema,
  invitedBy: z.string(),
  createdAt: iso,
  expiresAt: iso,
});
export type Invitation = z.infer<typeof invitationSchema>;

export const apiKeySchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** First characters, to tell keys apart. */
  start: z.string(),
  ownerId: z.string(),
  ownerName: z.string(),
  createdAt: iso,
  expiresAt: iso.nullable(),
  lastUsedAt: iso.nullable(),
});
export type ApiKey = z.infer<typeof apiKeySchema>;

const people = 'People';
const workspaces = 'Workspaces';
const keys = 'API keys';
const setUp = 'Set-up';

export const getSetUp = defineRoute({
  id: 'set-up.get',
  method: 'GET',
  path: '/setup',
  summary: 'Whether the first account has been created.',
  tag: setUp,
  permission: 'anyone',
  result: z.strictObject({ needed: z.boolean() }),
});
export const createOwner = defineRoute({
  id: 'set-up.create',
  method: 'POST',
  path: '/setup',
  summary: 'Create the first account, its workspace and samples, and sign in. Works once.',
  tag: setUp,
  permission: 'anyone',
  body: z.strictObject({
    name: personNameSchema,
    email: emailSchema,
    password: passwordSchema,
    workspaceName: workspaceNameSchema,
    /** Printed at start; asked for where others than this machine can reach the product. */
    code: z.string().max(100).optional(),
  }),
  result: z.strictObject({ user: personSchema, workspace: workspaceSchema }),
  status: 201,
});

export const getMe = defineRoute({
  id: 'people.me',
  method: 'GET',
  path: '/me',
  summary: 'The signed-in person, the current workspace and all others.',
  tag: people,
  permission: 'signed-in',
  result: z.strictObject({
    user: personSchema,
    workspace: workspaceSchema.nullable(),
    workspaces: z.array(workspaceSchema),
  }),
});

export const createWorkspace = defineRoute({
  id: 'workspaces.create',
  method: 'POST',
  path: '/workspaces',
  summary: 'Create a workspace with samples and switch to it.',
  tag: workspaces,
  permission: 'signed-in',
  body: z.strictObject({ name: workspaceNameSchema }),
  result: workspaceSchema,
  status: 201,
});
export const switchWorkspace = defineRoute({
  id: 'workspaces.switch',
  method: 'POST',
  path: '/workspaces/{id}/switch',
  summary: 'Switch this session to a workspace.',
  tag: workspaces,
  permission: 'signed-in',
  params,
  result: workspaceSchema,
});
export const getWorkspace = defineRoute({
  id: 'workspaces.get',
  method: 'GET',
  path: '/workspace',
  summary: 'The current workspace.',
  tag: workspaces,
  permission: 'workspace.read',
  result: workspaceSchema,
});
export const renameWorkspace = defineRoute({
  id: 'workspaces.rename',
  method: 'PATCH',
  path: '/workspace',
  summary: 'Rename the current workspace.',
  tag: workspaces,
  permission: 'workspace.manage',
  body: z.strictObject({ name: workspaceNameSchema }),
  result: workspaceSchema,
});
export const leaveWorkspace = defineRoute({
  id: 'workspaces.leave',
  method: 'POST',
  path: '/workspace/leave',
  summary: 'Leave the current workspace. Its last owner cannot.',
  tag: workspaces,
  permission: 'workspace.read',
  result: z.strictObject({ id: z.string() }),
});

export const listMembers = defineRoute({
  id: 'members.list',
  method: 'GET',
  path: '/members',
  summary: 'Members of the workspace, oldest first.',
  tag: people,
  permission: 'members.read',
  result: z.strictObject({ items: z.array(memberSchema) }),
});
export const changeRole = defineRoute({
  id: 'members.change-role',
  method: 'PATCH',
  path: '/members/{userId}',
  summary:
    'Change a member’s role. Only owners can add or change owners; the last owner cannot be changed.',
  tag: people,
  permission: 'members.manage',
  params: z.strictObject({ userId: id }),
  body: z.strictObject({ role: roleSchema }),
  result: memberSchema,
});
export const removeMember = defineRoute({
  id: 'members.remove',
  method: 'DELETE',
  path: '/members/{userId}',
  summary: 'Remove a member and their API keys. The last owner cannot be removed.',
  tag: people,
  permission: 'members.manage',
  params: z.strictObject({ userId: id }),
  result: z.strictObject({ userId: z.string() }),
});

export const listInvitations = defineRoute({
  id: 'invitations.list',
  method: 'GET',
  path: '/invitations',
  summary: 'Open invitations, newest first.',
  tag: people,
  permission: 'members.manage',
  result: z.strictObject({ items: z.array(invitationSchema) }),
});
export const createInvitation = defineRoute({
  id: 'invitations.create',
  method: 'POST',
  path: '/invitations',
  summary:
    'Invite a person: returns a link valid for seven days and shown only once. Replaces an earlier invitation.',
  tag: people,
  permission: 'members.manage',
  body: z.strictObject({ email: emailSchema, role: invitedRoleSchema.default('editor') }),
  result: invitationSchema.extend({
    /** Of the link: what `/invitations/{id}/accept` and `…/sign-up` ask for. The list has another, which opens nothing. */
    id: z.string(),
    /** The link to hand to that person. Only its hash is kept. */
    url: z.url(),
  }),
  status: 201,
});
export const revokeInvitation = defineRoute({
  id: 'invitations.revoke',
  method: 'DELETE',
  path: '/invitations/{id}',
  summary: 'Revoke an invitation: its link stops working.',
  tag: people,
  permission: 'members.manage',
  params,
  result: z.strictObject({ id: z.string() }),
});
export const getInvitation = defineRoute({
  id: 'invitations.get',
  method: 'GET',
  path: '/invitations/{id}',
  summary: 'What the link of an invitation shows.',
  tag: people,
  permission: 'anyone',
  params,
  result: z.strictObject({
    workspaceName: z.string(),
    email: z.string(),
    role: roleSchema,
    invitedBy: z.string(),
    expiresAt: iso,
    /** Whether that e-mail has an account: then sign in and accept, else sign up. */
    hasAccount: z.boolean(),
  }),
});
export const acceptInvitation = defineRoute({
  id: 'invitations.accept',
  method: 'POST',
  path: '/invitations/{id}/accept',
  summary: 'Join the workspace with the account of the invited email, and switch to it.',
  tag: people,
  permission: 'signed-in',
  params,
  result: workspaceSchema,
});
export const signUp = defineRoute({
  id: 'invitations.sign-up',
  method: 'POST',
  path: '/invitations/{id}/sign-up',
  summary: 'Create an account for the invited email, join the workspace and sign in.',
  tag: people,
  permission: 'anyone',
  params,
  body: z.strictObject({ name: personNameSchema, password: passwordSchema }),
  result: z.strictObject({ user: personSchema, workspace: workspaceSchema }),
  status: 201,
});

export const listApiKeys = defineRoute({
  id: 'api-keys.list',
  method: 'GET',
  path: '/api-keys',
  summary: 'Your API keys in this workspace; everyone’s for admins.',
  tag: keys,
  permission: 'api-keys.own',
  result: z.strictObject({ items: z.array(apiKeySchema) }),
});
export const createApiKey = defineRoute({
  id: 'api-keys.create',
  method: 'POST',
  path: '/api-keys',
  summary: 'Create an API key that acts as you in this workspace. The key is shown only once.',
  tag: keys,
  permission: 'api-keys.own',
  body: z.strictObject({
    name: nameSchema(100),
    expiresInDays: z.int().min(1).max(365).optional(),
  }),
  result: apiKeySchema.extend({ key: z.string() }),
  status: 201,
});
export const deleteApiKey = defineRoute({
  id: 'api-keys.revoke',
  method: 'DELETE',
  path: '/api-keys/{id}',
  summary: 'Revoke an API key: it stops working immediately.',
  tag: keys,
  permission: 'api-keys.own',
  params,
  result: z.strictObject({ id: z.string() }),
});

export const listAudit = defineRoute({
  id: 'audit.list',
  method: 'GET',
  path: '/audit',
  summary: 'Who did what, newest first.',
  tag: workspaces,
  permission: 'audit.read',
  query: pageQuery,
  result: pageOf(
    z.strictObject({
      id: z.string(),
      at: iso,
      actorId: z.string().nullable(),
      action: z.string(),
      subjectType: z.string(),
      subjectId: z.string(),
      detail: z.record(z.string(), z.unknown()),
    }),
  ),
});

export const peopleContracts = [
  getSetUp,
  createOwner,
  getMe,
  createWorkspace,
  switchWorkspace,
  getWorkspace,
  renameWorkspace,
  leaveWorkspace,
  listMembers,
  changeRole,
  removeMember,
  listInvitations,
  createInvitation,
  revokeInvitation,
  getInvitation,
  acceptInvitation,
  signUp,
  listApiKeys,
  createApiKey,
  deleteApiKey,
  listAudit,
];
