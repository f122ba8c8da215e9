import { keysOf } from '@/lib/values/keys-of';
import type { Role } from './schema';

/** Every permission of the product, and the least role that has it. What is not listed is denied. */
const leastRole = {
  'workspace.read': 'viewer',
  'workspace.manage': 'admin',
  'members.read': 'viewer',
  'members.manage': 'admin',
  'workflows.read': 'viewer',
  'workflows.comment': 'commenter',
  'workflows.suggest': 'commenter',
  'workflows.edit': 'editor',
  /** Make locks, and end one's own; ending others' locks needs workspace.manage. */
  'workflows.lock': 'editor',
  'workflows.publish': 'editor',
  'workflows.delete': 'editor',
  'runs.read': 'viewer',
  'runs.start': 'editor',
  'runs.cancel': 'editor',
  /** Answer a step that waits for a person; the step itself may ask for more. */
  'runs.answer': 'commenter',
  'triggers.read': 'viewer',
  /** Make, change, test and delete what starts a workflow by itself. */
  'triggers.write': 'editor',
  'agents.read': 'viewer',
  'agents.edit': 'editor',
  'chat.read': 'viewer',
  'chat.write': 'commenter',
  /** See what model calls cost, budgets and prices. */
  'spending.read': 'viewer',
  'spending.manage': 'admin',
  'files.read': 'viewer',
  'files.write': 'editor',
  'tables.read': 'viewer',
  /** Make tables, change their columns and rows. */
  'tables.write': 'editor',
  'memory.read': 'viewer',
  /** Write, delete and restore entries of memory, and decide conflicts. */
  'memory.edit': 'editor',
  'messages.read': 'viewer',
  /** Send messages, take and settle them, pause mailboxes, send dead ones again. */
  'messages.write': 'editor',
  'keys.read': 'admin',
  'keys.manage': 'admin',
  /** See connections by name and use them in steps; their secrets are shown to nobody. */
  'connections.read': 'editor',
  'connections.manage': 'admin',
  /** Services whose operations steps can call. */
  'services.read': 'viewer',
  'services.manage': 'editor',
  /** One's own API keys; others' need members.manage. */
  'api-keys.own': 'viewer',
  'audit.read': 'admin',
  /** Notifications are one's own. */
  'notifications.own': 'viewer',
} as const satisfies Record<string, Role>;

export type Permission = keyof typeof leastRole;
export const permissions = keysOf(leastRole);

const rank: Record<Role, number> = { viewer: 0, commenter: 1, editor: 2, admin: 3, owner: 4 };

/** Whether a role is as able as another, or more. */
export const isAtLeast = (role: Role, least: Role): boolean => rank[role] >= rank[least];

/** Whether a role may do something. Default deny: an unknown permission or role is refused. */
export function can(role: Role, permission: Permission): boolean {
  const least = leastRole[permission];
  return least !== undefined && rank[role] !== undefined && rank[role] >= rank[least];
}
