import { z } from 'zod';

/** From most to least able. */
export const roles = ['owner', 'admin', 'editor', 'commenter', 'viewer'] as const;
export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;

/** Who is asking, in which workspace, with which role. Made by the session or the API key, never by the client. */
export type Actor = {
  userId: string;
  name: string;
  email: string;
  workspaceId: string;
  role: Role;
};
