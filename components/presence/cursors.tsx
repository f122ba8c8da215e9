'use client';

import { useStoreApi } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import type { Peer } from '@/components/realtime/presence';
import { useSession } from '@/components/session/session';
import type { Point } from '@/lib/canvas/geometry';

/** Share of the remaining way that a cursor goes per frame of 60 Hz. */
const pull = 0.28;
/** A pointer that rests this long steps back. */
const restsAfterMs = 6_000;

type Drawn = {
  element: HTMLElement;
  at: Point;
  to: Point;
  /** Its position as it was last written. */
  put: string;
  rest: ReturnType<typeof setTimeout>;
};

const rests = { true: '0.35', false: '1' } as const;

function draw({ user }: Peer): HTMLElement {
  const element = document.createElement('div');
  element.className =
    'absolute top-0 left-0 will-change-transform transition-opacity duration-300 motion-reduce:transition-none';
  const arrow = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  arrow.setAttribute('viewBox', '0 0 16 18');
  arrow.setAttribute('width', '16');
  arrow.setAttribute('height', '18');
  const shape = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  shape.setAttribute('d', 'M1 1l5 15 2.6-6.2L15 7.4z');
  shape.setAttribute('fill', user.color);
  shape.setAttribute('stroke', 'var(--surface)');
  shape.setAttribute('stroke-linejoin', 'round');
  arrow.append(shape);
  const name = document.createElement('span');
  name.className =
    'absolute top-4 left-3 max-w-40 truncate rounded-sm px-1.5 text-2xs leading-4 font-medium whitespace-nowrap text-white';
  name.style.backgroundColor = user.color;
  name.textContent = user.name;
  element.append(arrow, name);
  return element;
}

/** The elements of the pointers, by tab. */
function createPointers(host: HTMLElement) {
  const drawn = new Map<number, Drawn>();
  const rest = (cursor: Drawn, resting: boolean) => {
    clearTimeout(cursor.rest);
    cursor.element.style.opacity = rests[`${resting}`];
    if (!resting) cursor.rest = setTimeout(() => rest(cursor, true), restsAfterMs);
  };
  const take = (person: Peer, to: Point) => {
    let cursor = drawn.get(person.clientId);
    const moved = !cursor || cursor.to.x !== to.x || cursor.to.y !== to.y;
    if (!cursor) {
      const element = draw(person);
      host.append(element);
      cursor = { element, at: to, to, put: '', rest: setTimeout(() => undefined, 0) };
      drawn.set(person.clientId, cursor);
    }
    cursor.to = to;
    if (person.status) rest(cursor, true);
    else if (moved) rest(cursor, false);
  };
  const forget = (clientId: number, cursor: Drawn) => {
    clearTimeout(cursor.rest);
    cursor.element.remove();
    drawn.delete(clientId);
  };
  return {
    follow(people: readonly Peer[]) {
      const seen = new Set<number>();
      for (const person of people) {
        if (!person.cursor || person.status === 'away') continue;
        seen.add(person.clientId);
        take(person, person.cursor);
      }
      for (const [clientId, cursor] of drawn) if (!seen.has(clientId)) forget(clientId, cursor);
    },
    /** Moves each pointer its share of the way. Says whether one still moves. Reads nothing of the page. */
    step(share: number, [x, y, zoom]: readonly [number, number, number]): boolean {
      let moving = false;
      for (const cursor of drawn.values()) {
        const dx = cursor.to.x - cursor.at.x;
        const dy = cursor.to.y - cursor.at.y;
        const near = (Math.abs(dx) + Math.abs(dy)) * zoom < 0.5;
        cursor.at = near ? cursor.to : { x: cursor.at.x + dx * share, y: cursor.at.y + dy * share };
        moving ||= !near;
        const put = `translate(${cursor.at.x * zoom + x}px, ${cursor.at.y * zoom + y}px)`;
        if (put !== cursor.put) cursor.element.style.transform = put;
        cursor.put = put;
      }
      return moving;
    },
    clear() {
      for (const [clientId, cursor] of drawn) forget(clientId, cursor);
    },
  };
}

/**
 * The pointers of the others. They are moved by hand once per frame, outside of React: fifty people
 * moving at once re-render nothing.
 */
export function Cursors() {
  const { people } = useSession();
  const host = useRef<HTMLDivElement>(null);
  const store = useStoreApi();

  useEffect(() => {
    if (!host.current) return undefined;
    const pointers = createPointers(host.current);
    const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)').matches;
    let frame = 0;
    let last = 0;
    const step = (time: number) => {
      const frames = Math.min(4, last ? (time - last) / 16.7 : 1);
      last = time;
      const moving = pointers.step(
        reducedMotion ? 1 : 1 - (1 - pull) ** frames,
        store.getState().transform,
      );
      frame = moving ? requestAnimationFrame(step) : 0;
      if (!moving) last = 0;
    };
    const wake = () => {
      frame ||= requestAnimationFrame(step);
    };
    const follow = () => {
      pointers.follow(people.get());
      wake();
    };
    const stopPeople = people.subscribe(follow);
    const stopView = store.subscribe((now, before) => {
      if (now.transform !== before.transform) wake();
    });
    follow();
    return () => {
      stopPeople();
      stopView();
      cancelAnimationFrame(frame);
      pointers.clear();
    };
  }, [people, store]);

  return (
    <div
      ref={host}
      aria-hidden
      className="pointer-events-none absolute inset-0 z-20 overflow-hidden"
    />
  );
}
