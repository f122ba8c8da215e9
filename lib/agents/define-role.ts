import type { AgentInput } from './schema';

/** An agent that the product brings along: a new workspace gets each of them, and may change it freely. */
export type Role = Omit<AgentInput, 'model' | 'tools' | 'limits'> &
  Partial<Pick<AgentInput, 'tools' | 'limits'>>;

/** Declares a role; one file each in `roles/`, named after its handle. */
export function defineRole(role: Role): Role {
  return role;
}
