import { AppError } from '@/lib/api/errors';
import type { Author } from '@/lib/memory/schema';
import { type SpaceRef, spaceKey } from '@/lib/memory/space';
import { can } from '@/lib/people/can';
import { type Actor, roles } from '@/lib/people/schema';

/** Who reads or writes memory. */
export type Who = {
  workspaceId: string;
  author: Author;
  /** By whom locks are held: all steps of a run together, or a person. */
  owner: string;
  /** Whose own space is theirs; nobody else sees it. */
  personId?: string;
  /** A member whose role is looked at once more in the commit of what they write. */
  memberId?: string;
};

export const whoOf = ({ workspaceId, userId, name }: Actor): Who => ({
  workspaceId,
  author: { kind: 'person', id: userId, name },
  owner: `person:${userId}`,
  personId: userId,
  memberId: userId,
});

/** Roles whose members may write. */
export const writingRoles = roles.filter((role) => can(role, 'memory.edit'));

export const noSpace = (space: SpaceRef) =>
  new AppError(
    'not_found',
    `There is no memory "${spaceKey(space)}" here, or it is somebody else's.`,
  );
export const noEntry = (path: string) => new AppError('not_found', `Nothing is kept at "${path}".`);
export const noRight = () =>
  new AppError('forbidden', 'Your role here no longer allows this. Nothing was written.');
