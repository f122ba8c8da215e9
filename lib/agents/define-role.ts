import { type ToolGrant, usualLimits } from '@/lib/tools/settings';
import type { AgentInput } from './schema';

/** Where the gallery of ready-made agents shows a role. */
export const roleGroups = ['Coordination', 'Software', 'General'] as const;
export type RoleGroup = (typeof roleGroups)[number];

/** An agent that the product brings along; whoever adds it may change it freely. */
export type Role = Pick<AgentInput, 'handle' | 'name' | 'description' | 'instructions'> & {
  group: RoleGroup;
  /** A new workspace gets it without asking. */
  seeded?: true;
  /** What it is good at, for steps that name no agent. */
  skills: string[];
  tools: string[];
  limits?: Partial<AgentInput['limits']>;
  /** What it makes sure of before it answers: one sentence, put behind its instructions. */
  check: string;
  /** Tasks as people would give them. */
  examples: string[];
};

/** Declares a role; one file each in `roles/`, named after its handle. */
export function defineRole(role: Role): Role {
  return role;
}

/** The agent that a role becomes. */
export function agentOfRole({ handle, name, description, ...role }: Role): AgentInput {
  return {
    ...{ handle, name, description, model: 'auto', skills: role.skills },
    instructions: `${role.instructions}\n\nBefore you answer: ${role.check}`,
    tools: role.tools.map(
      (tool): ToolGrant => ({
        ...{ name: tool, ref: `builtin:${tool}`, approval: 'policy' },
      }),
    ),
    limits: { ...usualLimits, ...role.limits },
  };
}
