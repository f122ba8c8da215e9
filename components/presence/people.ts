import { createObservable, type Observable } from '@/components/observable/observable';
import { useObservable } from '@/components/observable/use-observable';
import type { Peer } from '@/components/realtime/presence';
import { useSession } from '@/components/session/session';

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
  const before = known.get(people);
  if (before) return before;
  const occupancy = createObservable<Occupancy>(new Map());
  const refresh = () => {
    const last = occupancy.get();
    const now = new Map(occupancyIn(people.get()));
    let same = now.size === last.size;
    for (const [nodeId, occupants] of now) {
      const old = last.get(nodeId);
      if (old && lineOf(old) === lineOf(occupants)) now.set(nodeId, old);
      else same = false;
    }
    if (!same) occupancy.set(now);
  };
  let followers = 0;
  let stop = () => undefined as unknown;
  const followed: Observable<Occupancy> = {
    get: occupancy.get,
    subscribe(listener) {
      followers += 1;
      if (followers === 1) {
        stop = people.subscribe(refresh);
        refresh();
      }
      const leave = occupancy.subscribe(listener);
      return () => {
        leave();
        followers -= 1;
        if (followers === 0) stop();
      };
    },
  };
  known.set(people, followed);
  return followed;
}

/** The others who have this node selected or open in their panel. */
export function useOccupants(nodeId: string): readonly Occupant[] {
  return useObservable(occupancyOf(useSession().people), (now) => now.get(nodeId) ?? nobody);
}
