import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { passwordSchema } from './schema';

/** How long a link for a new password works, in hours. */
export const passwordLinkHours = 24;

const tag = 'People';
const link = z.strictObject({ secret: z.string().min(1).max(100) });

export const createPasswordLink = defineRoute({
  id: 'members.password-link',
  method: 'POST',
  path: '/members/{userId}/password-link',
  summary:
    'Make a link by which a member who forgot their password chooses a new one, once, within 24 hours. It is shown only once and replaces an earlier one. For members below your role who belong to no other workspace.',
  tag,
  permission: 'members.manage',
  params: z.strictObject({ userId: z.string().min(1).max(100) }),
  result: z.strictObject({ url: z.url(), expiresAt: z.iso.datetime() }),
  status: 201,
});
export const getPasswordLink = defineRoute({
  id: 'password-links.get',
  method: 'GET',
  path: '/password-links/{secret}',
  summary: 'Whose password a link is for.',
  tag,
  permission: 'anyone',
  params: link,
  result: z.strictObject({ name: z.string(), email: z.string() }),
});
export const resetByLink = defineRoute({
  id: 'password-links.use',
  method: 'POST',
  path: '/password-links/{secret}',
  summary: 'Choose a new password by a link. All sessions and API keys of the account end.',
  tag,
  permission: 'anyone',
  params: link,
  body: z.strictObject({ password: passwordSchema }),
  result: z.strictObject({ email: z.string() }),
});
export const passwordLinkContracts = [createPasswordLink, getPasswordLink, resetByLink];
