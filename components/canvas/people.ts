import type { Point } from './local-state';
import { type Session, useSession } from './session';
import { useCell } from './cell';

/** Somebody else in this workflow, one per open tab. */
export type Person = {
  clientId: number;
  id: string;
  name: string;
  color: string;
  cursor?: Point;
  selection: readonly string[];
  focus?: { nodeId: string; field?: string };
  /** Where they are dragging nodes at this moment. */
  drag?: Readonly<Record<string, Point>>;
};

const nobody: readonly Person[] = [];
const index = new WeakMap<readonly Person[], Map<string, readonly Person[]>>();

/** Who has a node selected or open, by node; computed once for each change of who is where. */
function byNode(people: readonly Person[]): Map<string, readonly Person[]> {
  let map = index.get(people);
  if (!map) {
    map = new Map();
    for (const person of people) {
      for (const nodeId of new Set([...person.selection, person.focus?.nodeId ?? ''])) {
        if (nodeId) map.set(nodeId, [...(map.get(nodeId) ?? []), person]);
      }
    }
    index.set(people, map);
  }
  return map;
}

/** One line that changes only when those on the node do: cheap to compare on each cursor move. */
function signature(session: Session, nodeId: string): string {
  const people = byNode(session.people.get()).get(nodeId) ?? nobody;
  return people.map((person) => `${person.clientId}\u0000${person.color}\u0000${person.name}`).join('\u0001');
}

export type Occupant = { clientId: number; color: string; name: string };

/** The others who have this node selected or open in their panel. */
export function useOccupants(nodeId: string): readonly Occupant[] {
  const session = useSession();
  const line = useCell(session.people, () => signature(session, nodeId));
  if (line === '') return [];
  return line.split('\u0001').map((entry) => {
    const [clientId = '0', color = '', name = ''] = entry.split('\u0000');
    return { clientId: Number(clientId), color, name };
  });
}
