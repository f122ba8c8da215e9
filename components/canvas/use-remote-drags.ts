import { useSyncExternalStore } from 'react';
import type { Peer } from '@/components/realtime/presence';
import type { Point } from './local-state';
import type { Session } from './session';
import type { RemoteDrags } from './use-flow';

const none: RemoteDrags = new Map();
const cache = new WeakMap<readonly Peer[], RemoteDrags>();

/** Where others are dragging nodes to; keeps its identity while nobody drags. */
function dragsOf(people: readonly Peer[]): RemoteDrags {
  if (!people.some((person) => person.drag)) return none;
  let drags = cache.get(people);
  if (!drags) {
    drags = new Map<string, Point>(people.flatMap((person) => Object.entries(person.drag ?? {})));
    cache.set(people, drags);
  }
  return drags;
}

export function useRemoteDrags(session: Session): RemoteDrags {
  const read = () => dragsOf(session.people.get());
  return useSyncExternalStore(session.people.subscribe, read, read);
}
