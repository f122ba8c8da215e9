import { useAgents } from '@/components/data/queries';
import { skillSchema } from '@/lib/agents/assignment/needs';

/** Skills that agents of the workspace have, the commonest first. */
export function useSkills(): string[] {
  const agents = useAgents();
  const counts = new Map<string, number>();
  for (const skill of (agents.data?.items ?? []).flatMap(({ skills }) => skills)) {
    counts.set(skill, (counts.get(skill) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a, own], [b, other]) => other - own || (a < b ? -1 : 1))
    .map(([skill]) => skill);
}

/** A skill as it is kept, or what is wrong with it. */
export function readSkill(text: string): { value: string } | { problem: string } {
  const parsed = skillSchema.safeParse(text);
  if (parsed.success) return { value: parsed.data };
  const message = parsed.error.issues[0]?.message ?? 'This is no skill';
  return { problem: `${message.charAt(0).toUpperCase()}${message.slice(1)}.` };
}
