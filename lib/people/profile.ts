import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { personSchema } from './contract';
import { personNameSchema } from './schema';

const tag = 'People';
const iso = z.iso.datetime();

export const changeProfile = defineRoute({
  id: 'people.change-profile',
  method: 'PATCH',
  path: '/me',
  summary: 'Change your name, as all workspaces show it.',
  tag,
  permission: 'signed-in',
  body: z.strictObject({ name: personNameSchema }),
  result: personSchema,
});

export const sessionSchema = z.strictObject({
  id: z.string(),
  /** The one that asks. */
  current: z.boolean(),
  /** As the browser named itself, such as `Firefox on Windows`. */
  device: z.string(),
  /** Where it was signed in from. */
  address: z.string().nullable(),
  createdAt: iso,
  /** To some minutes. */
  lastSeenAt: iso,
  expiresAt: iso,
});
export type PersonSession = z.infer<typeof sessionSchema>;

export const listSessions = defineRoute({
  id: 'people.sessions',
  method: 'GET',
  path: '/me/sessions',
  summary:
    'Browsers in which you are signed in, the last used first, and whether two-factor is on.',
  tag,
  permission: 'signed-in',
  result: z.strictObject({ items: z.array(sessionSchema), twoFactor: z.boolean() }),
});
export const endSession = defineRoute({
  id: 'people.end-session',
  method: 'DELETE',
  path: '/me/sessions/{id}',
  summary: 'Sign out another browser at once.',
  tag,
  permission: 'signed-in',
  params: z.strictObject({ id: z.string().min(1).max(100) }),
  result: z.strictObject({ id: z.string() }),
});
export const endOtherSessions = defineRoute({
  id: 'people.end-other-sessions',
  method: 'POST',
  path: '/me/sessions/end-others',
  summary: 'Sign out all other browsers at once.',
  tag,
  permission: 'signed-in',
  result: z.strictObject({ ended: z.int() }),
});
export const profileContracts = [changeProfile, listSessions, endSession, endOtherSessions];
