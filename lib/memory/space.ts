import { agentHandleSchema } from '@/lib/agents/schema';
import { nameProblem } from '@/lib/names/name-problem';

/** Whose memory it is. The workspace's own has no name; `team` is a space with a free name that people share. */
export const spaceKinds = ['workspace', 'team', 'agent', 'workflow', 'thread', 'person'] as const;
export type SpaceKind = (typeof spaceKinds)[number];

export type SpaceRef = { kind: SpaceKind; name: string };

const maxName = 100;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A space in one text, as addresses and settings name it: `workspace`, `team:Support`, `agent:analyst`. */
export const spaceKey = ({ kind, name }: SpaceRef): string =>
  kind === 'workspace' ? 'workspace' : `${kind}:${name}`;

export type ReadSpace = { ok: true; space: SpaceRef } | { ok: false; problem: string };

/** Reads what {@link spaceKey} writes. `person:me` is whoever asks. */
export function readSpace(key: string): ReadSpace {
  const [given = '', ...rest] = key.trim().split(':');
  const kind = spaceKinds.find((one) => one === given);
  if (kind === undefined) {
    const problem = `names no space: use workspace, or ${spaceKinds
      .slice(1)
      .map((one) => `${one}:…`)
      .join(', ')}`;
    return { ok: false, problem };
  }
  const name = rest.join(':').normalize('NFC').trim();
  const problem = nameProblemOf(kind, name, rest.length > 0);
  return problem === undefined ? { ok: true, space: { kind, name } } : { ok: false, problem };
}

function nameProblemOf(kind: SpaceKind, name: string, given: boolean): string | undefined {
  if (kind === 'workspace')
    return given ? 'has a name, though a workspace has one space' : undefined;
  if (name === '') return `needs a name after ${kind}:`;
  if (kind === 'agent') {
    return agentHandleSchema.safeParse(name).success ? undefined : 'is no handle of an agent';
  }
  if (kind === 'workflow' || kind === 'thread') {
    return uuid.test(name) ? undefined : `needs the id of a ${kind}`;
  }
  if (name.length > maxName) return `has a name of more than ${maxName} characters`;
  const problem = nameProblem(name);
  return problem === undefined ? undefined : `has a name that does not do: ${problem}`;
}
