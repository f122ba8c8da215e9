import { z } from 'zod';
import { nameSchema } from '@/lib/names/schema';

/** From most to least able. */
export const roles = ['owner', 'admin', 'editor', 'commenter', 'viewer'] as const;
export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;

/** Length of a password in characters. */
export const passwordLength = { min: 8, max: 128 } as const;

export const passwordSchema = z
  .string()
  .min(passwordLength.min, `use at least ${passwordLength.min} characters`)
  .max(passwordLength.max, `use at most ${passwordLength.max} characters`);
/** Compared without case: stored and looked up in lower case. */
export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(z.email('enter an email address such as ada@example.com').max(254));
export const personNameSchema = nameSchema(100);
export const workspaceNameSchema = nameSchema(100);

/** A signed-in person, before any workspace. Made by the session or the API key, never by the client. */
export type Person = { userId: string; name: string; email: string };

/** Who is asking, in which workspace, with which role. */
export type Actor = Person & {
  workspaceId: string;
  role: Role;
  /** Present when an API key asks, not a session. */
  apiKeyId?: string;
};
