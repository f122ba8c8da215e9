import { useStoreApi } from '@xyflow/react';
import { useEffect } from 'react';
import type { Session } from '@/components/session/session';
import { throttle } from '@/components/session/state/throttle';
import { type Rect, shownRect, viewportOn } from '@/lib/canvas/layout/view-rect';
import { personsOf } from './activity';

/** Sends the viewport at most four times a second. */
const viewIntervalMs = 250;
/** Share of the remaining way that a followed view goes per frame of 60 Hz. */
const pull = 0.2;

type ViewState = { width: number; height: number; transform: [number, number, number] };
type Spot = { x: number; y: number; zoom: number };

const spotOf = ({ transform: [x, y, zoom] }: ViewState): Spot => ({ x, y, zoom });
const same = (a: Spot, b: Spot) =>
  Math.abs(a.x - b.x) < 0.01 && Math.abs(a.y - b.y) < 0.01 && Math.abs(a.zoom - b.zoom) < 0.0001;

function between(from: Spot, to: Spot, share: number): Spot {
  const at = (a: number, b: number) => a + (b - a) * share;
  const near = Math.abs(to.x - from.x) + Math.abs(to.y - from.y) < 0.5;
  if (near && Math.abs(to.zoom - from.zoom) < 0.001) return to;
  return { x: at(from.x, to.x), y: at(from.y, to.y), zoom: at(from.zoom, to.zoom) };
}

/** What the person who is followed sees; undefined while nobody is, or while they have not said it. */
function followedView({ local, people }: Session): Rect | undefined {
  const { following } = local.get();
  if (!following) return undefined;
  const person = personsOf(people.get()).find(({ id }) => id === following.id);
  return people.get().find(({ clientId }) => clientId === person?.clientId)?.view;
}

/**
 * Tells the others what this person sees. Who follows somebody tells what that one sees, so that two who follow each
 * other stand still and a third sees the same as both.
 */
export function useTellView(session: Session): void {
  const store = useStoreApi();
  useEffect(() => {
    const send = throttle<null>(viewIntervalMs, () => {
      const now = store.getState();
      if (now.width === 0) return;
      session.tell({ view: followedView(session) ?? shownRect(spotOf(now), now) });
    });
    const stop = store.subscribe((now, before) => {
      const moved = now.transform !== before.transform;
      if (moved || now.width !== before.width || now.height !== before.height) send.call(null);
    });
    send.call(null);
    return () => {
      stop();
      send.cancel();
    };
  }, [session, store]);
}

/** Keeps the view where the followed person's is, until this person moves it, presses Escape, or the other leaves. */
export function useFollow(session: Session): void {
  const store = useStoreApi();
  useEffect(() => {
    const { local, people } = session;
    const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)').matches;
    let frame = 0;
    let put: Spot | undefined;
    const stop = () => local.set(({ following: _, ...rest }) => rest);
    const step = () => {
      frame = 0;
      const rect = followedView(session);
      const now = store.getState();
      if (!rect || now.width === 0) return;
      const target = viewportOn(rect, now);
      const from = spotOf(now);
      if (same(from, target)) return;
      put = between(from, target, reducedMotion ? 1 : pull);
      void now.panZoom?.setViewport(put);
      frame = requestAnimationFrame(step);
    };
    const wake = () => {
      const { following } = local.get();
      if (!following) {
        put = undefined;
        return;
      }
      if (!people.get().some(({ user }) => user.id === following.id)) stop();
      else frame ||= requestAnimationFrame(step);
    };
    const onView = (now: ViewState, before: ViewState) => {
      if (!local.get().following) return;
      if (now.width !== before.width || now.height !== before.height) wake();
      else if (now.transform !== before.transform && put && !same(spotOf(now), put)) stop();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && local.get().following) stop();
    };
    const stops = [local.subscribe(wake), people.subscribe(wake), store.subscribe(onView)];
    addEventListener('keydown', onKey, true);
    return () => {
      for (const end of stops) end();
      removeEventListener('keydown', onKey, true);
      cancelAnimationFrame(frame);
    };
  }, [session, store]);
}
