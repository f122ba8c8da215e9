import { createAccessControl } from 'better-auth/plugins/access';
import { can } from '@/lib/people/can';
import type { Role } from '@/lib/people/schema';

const statements = {
  organization: ['update', 'delete'],
  member: ['create', 'update', 'delete'],
  invitation: ['create', 'cancel'],
} as const;

/** The organization plugin's view of our roles. The rules themselves are `can`'s: this only repeats them. */
export const accessControl = createAccessControl(statements);

export const accessRoles = {
  owner: roleOf('owner'),
  admin: roleOf('admin'),
  editor: roleOf('editor'),
  commenter: roleOf('commenter'),
  viewer: roleOf('viewer'),
};

function roleOf(role: Role) {
  const members = can(role, 'members.manage');
  return accessControl.newRole({
    organization: can(role, 'workspace.manage') ? ['update'] : [],
    member: members ? [...statements.member] : [],
    invitation: members ? [...statements.invitation] : [],
  });
}
