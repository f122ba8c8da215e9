import { createObservable, type Observable } from '@/components/realtime/observable';
import type { Peer } from '@/components/realtime/presence';
import { useSession } from '@/components/session/session';
import { useCell } from '@/components/session/state/cell';

export type Occupant = { clientId: number; color: string; name: string; editing: boolean };
type Occupancy = ReadonlyMap<string, readonly Occupant[]>;

const nobody: readonly Occupant[] = [];
const known = new WeakMap<Observable<readonly Peer[]>, Observable<Occupancy>>();

function occupancyIn(people: readonly Peer[]): Occupancy {
  const byNode = new Map<string, Occupant[]>();
  for (const { clientId, user, selection, focus, status } of people) {
    if (status === 'away') continue;
    for (const nodeId of new Set([...(selection ?? []), focus?.nodeId ?? ''])) {
      if (!nodeId) continue;
      const editing = focus?.nodeId === nodeId && focus.field !== undefined;
      const occupant = { clientId, color: user.color, name: user.name, editing };
      byNode.set(nodeId, [...(byNode.get(nodeId) ?? []), occupant]);
    }
  }
  return byNode;
}

const lineOf = (occupants: readonly Occupant[]) =>
  occupants.map((each) => [each.clientId, each.color, each.name, each.editing].join()).join(';');

/**
 * Who has which node selected or open. It tells only when that changes, and a node's list keeps its identity until
 * its own occupants do: pointers that move wake no card.
 */
function occupancyOf(people: Observable<readonly Peer[]>): Observable<Occupancy> {
  let occupancy = known.get(people);
  if (occupancy) return occupancy;
  const cell = createObservable<Occupancy>(new Map());
  const refresh = () => {
    const before = cell.get();
    const now = new Map(occupancyIn(people.get()));
    let same = now.size === before.size;
    for (const [nodeId, occupants] of now) {
      const old = before.get(nodeId);
      if (old && lineOf(old) === lineOf(occupants)) now.set(nodeId, old);
      else same = false;
    }
    if (!same) cell.set(now);
  };
  let followers = 0;
  let stop = () => undefined as unknown;
  occupancy = {
    get: cell.get,
    subscribe(listener) {
      followers += 1;
      if (followers === 1) {
        stop = people.subscribe(refresh);
        refresh();
      }
      const leave = cell.subscribe(listener);
      return () => {
        leave();
        followers -= 1;
        if (followers === 0) stop();
      };
    },
  };
  known.set(people, occupancy);
  return occupancy;
}

/** The others who have this node selected or open in their panel. */
export function useOccupants(nodeId: string): readonly Occupant[] {
  return useCell(occupancyOf(useSession().people), (now) => now.get(nodeId) ?? nobody);
}
