import { workflowFocus } from '@/components/realtime/carets';
import type { Peer } from '@/components/realtime/presence';

/** Somebody else who has the workflow open, whatever the number of their tabs. */
export type Person = {
  id: string;
  name: string;
  color: string;
  /** The tab that says most of them: an active one before an idle one. */
  clientId: number;
  status: 'active' | 'idle' | 'away';
  /** The step that they have open. */
  nodeId?: string;
  /** The setting of it that they are in. */
  field?: string;
  suggesting: boolean;
  /** An agent at work, and who asked it. */
  agent?: { activity: 'thinking' | 'placing' | 'waiting'; by: string };
};

const presence = { active: 0, idle: 1, away: 2 } as const;

/** One entry per person, in the order of their names. */
export function personsOf(peers: readonly Peer[]): Person[] {
  const persons = new Map<string, Person>();
  for (const { user, clientId, focus, status = 'active', suggesting = false, agent } of peers) {
    const known = persons.get(user.id);
    if (known && presence[known.status] <= presence[status]) continue;
    persons.set(user.id, {
      ...user,
      clientId,
      status,
      suggesting,
      ...(agent ? { agent: { activity: agent.activity, by: agent.by } } : {}),
      ...(focus ? { nodeId: focus.nodeId } : {}),
      ...(focus?.field ? { field: focus.field } : {}),
    });
  }
  return [...persons.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

const atWork = {
  thinking: 'is thinking',
  placing: 'is placing steps',
  waiting: 'waits where people are at work',
} as const;

/** What somebody is doing, to follow their name: "is editing Clean". `stepName` names a step that still exists. */
export function doing(
  person: Pick<Person, 'status' | 'nodeId' | 'field' | 'suggesting' | 'agent'>,
  stepName: (nodeId: string) => string | undefined,
): string {
  if (person.agent) {
    const { activity, by } = person.agent;
    return `${atWork[activity]}, asked by ${by}`;
  }
  if (person.status === 'away') return 'is away';
  if (person.status === 'idle') return 'is idle';
  if (person.nodeId === workflowFocus) return 'is editing the description';
  const step = person.nodeId === undefined ? undefined : stepName(person.nodeId);
  if (step === undefined) return 'is here';
  if (person.field === undefined) return `is looking at ${step}`;
  return person.suggesting ? `is suggesting changes to ${step}` : `is editing ${step}`;
}
