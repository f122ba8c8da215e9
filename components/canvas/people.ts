import type { Peer } from '@/components/realtime/presence';
import { useCell } from './cell';
import { useSession } from './session';

const nobody: readonly Peer[] = [];
const index = new WeakMap<readonly Peer[], Map<string, readonly Peer[]>>();

/** Who has a node selected or open, by node; computed once for each change of who is where. */
function byNode(people: readonly Peer[]): Map<string, readonly Peer[]> {
  let map = index.get(people);
  if (!map) {
    map = new Map();
    for (const person of people) {
      for (const nodeId of new Set([...(person.selection ?? []), person.focus?.nodeId ?? ''])) {
        if (nodeId) map.set(nodeId, [...(map.get(nodeId) ?? []), person]);
      }
    }
    index.set(people, map);
  }
  return map;
}

export type Occupant = { clientId: number; color: string; name: string };

/** One line that changes only when those on the node do: cheap to compare on each move of a pointer. */
function lineOf(people: readonly Peer[], nodeId: string): string {
  const here = byNode(people).get(nodeId) ?? nobody;
  return here
    .map(({ clientId, user }) => [clientId, user.color, user.name].join('\u0000'))
    .join('\u0001');
}

/** The others who have this node selected or open in their panel. */
export function useOccupants(nodeId: string): readonly Occupant[] {
  const line = useCell(useSession().people, (people) => lineOf(people, nodeId));
  if (line === '') return [];
  return line.split('\u0001').map((entry) => {
    const [clientId = '0', color = '', name = ''] = entry.split('\u0000');
    return { clientId: Number(clientId), color, name };
  });
}
