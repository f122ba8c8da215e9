import { expect, test } from 'vitest';
import { catalogue as tools } from '@/lib/tools/builtin/catalogue';
import { agentOfRole } from './define-role';
import { catalogue as roles } from './roles/catalogue';
import { agentInputSchema } from './schema';

test.each(Object.values(roles))('$name is an agent with tools that exist', (role) => {
  const agent = agentInputSchema.parse(agentOfRole(role));
  expect(agent.instructions).toContain(`Before you answer: ${role.check}`);
  expect(role.examples.length).toBeGreaterThanOrEqual(3);
  const known = Object.values(tools).map(({ ref }) => ref);
  expect(agent.tools.map(({ ref }) => ref).filter((ref) => !known.includes(ref ?? ''))).toEqual([]);
  // Instructions name no tool that the agent does not have.
  const named = agent.instructions.match(/\b[a-z]+_[a-z_]+\b/g) ?? [];
  expect(named.filter((name) => !role.tools.includes(name))).toEqual([]);
});

test('a new workspace gets the general ones; the others wait in the gallery', () => {
  const seeded = Object.values(roles).filter((role) => role.seeded);
  expect(seeded.map(({ handle }) => handle)).toEqual([
    ...['analyst', 'assistant', 'reviewer', 'writer'],
  ]);
  expect(Object.keys(roles)).toHaveLength(14);
});
