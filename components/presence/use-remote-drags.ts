import { useMemo } from 'react';
import { useObservable } from '@/components/observable/use-observable';
import type { Peer } from '@/components/realtime/presence';
import type { Session } from '@/components/session/session';
import type { Point } from '@/lib/canvas/geometry';

/** Where others are dragging cards and notes to, by their ids on the canvas. */
export type RemoteDrags = ReadonlyMap<string, Point>;

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

/** The same, gathered: however many drag at once, the canvas draws them once per frame. */
export function useRemoteDrags(session: Session): RemoteDrags {
  const gathered = useMemo(() => {
    let shown = dragsOf(session.people.get());
    return {
      get: () => shown,
      subscribe(listener: () => void) {
        let frame = 0;
        const show = () => {
          frame = 0;
          const now = dragsOf(session.people.get());
          if (now === shown) return;
          shown = now;
          listener();
        };
        show();
        const stop = session.people.subscribe(() => {
          if (dragsOf(session.people.get()) !== shown) frame ||= requestAnimationFrame(show);
        });
        return () => {
          stop();
          cancelAnimationFrame(frame);
        };
      },
    };
  }, [session]);
  return useObservable(gathered);
}
