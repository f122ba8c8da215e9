'use client';

import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import type { Peer } from '@/components/realtime/presence';
import type { Point } from './local-state';
import { useSession } from './session';

/** Share of the remaining way that a cursor goes per frame of 60 Hz. */
const pull = 0.28;

type Drawn = { element: HTMLElement; at: Point; to: Point };

function draw(person: Peer): HTMLElement {
  const element = document.createElement('div');
  element.className = 'absolute top-0 left-0 will-change-transform';
  const arrow = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  arrow.setAttribute('viewBox', '0 0 16 18');
  arrow.setAttribute('width', '16');
  arrow.setAttribute('height', '18');
  const shape = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  shape.setAttribute('d', 'M1 1l5 15 2.6-6.2L15 7.4z');
  shape.setAttribute('fill', person.user.color);
  shape.setAttribute('stroke', 'var(--surface)');
  shape.setAttribute('stroke-linejoin', 'round');
  arrow.append(shape);
  const name = document.createElement('span');
  name.className =
    'absolute top-4 left-3 max-w-40 truncate rounded-sm px-1.5 text-2xs leading-4 font-medium whitespace-nowrap text-white';
  name.style.backgroundColor = person.user.color;
  name.textContent = person.user.name;
  element.append(arrow, name);
  return element;
}

/**
 * The pointers of the others. They are moved by hand once per frame, outside of React: fifty people
 * moving at once re-render nothing.
 */
export function Cursors() {
  const session = useSession();
  const host = useRef<HTMLDivElement>(null);
  const store = useStoreApi();
  const { flowToScreenPosition } = useReactFlow();

  useEffect(() => {
    const drawn = new Map<number, Drawn>();
    let frame = 0;
    let last = 0;
    const step = (time: number) => {
      const share = 1 - (1 - pull) ** Math.min(4, last ? (time - last) / 16.7 : 1);
      last = time;
      const origin = host.current?.getBoundingClientRect();
      let moving = false;
      for (const cursor of drawn.values()) {
        const dx = cursor.to.x - cursor.at.x;
        const dy = cursor.to.y - cursor.at.y;
        const near = Math.abs(dx) + Math.abs(dy) < 0.5;
        cursor.at = near ? cursor.to : { x: cursor.at.x + dx * share, y: cursor.at.y + dy * share };
        moving ||= !near;
        const screen = flowToScreenPosition(cursor.at);
        cursor.element.style.transform = `translate(${screen.x - (origin?.x ?? 0)}px, ${screen.y - (origin?.y ?? 0)}px)`;
      }
      frame = moving ? requestAnimationFrame(step) : 0;
      if (!moving) last = 0;
    };
    const wake = () => {
      frame ||= requestAnimationFrame(step);
    };
    const follow = () => {
      const seen = new Set<number>();
      for (const person of session.people.get()) {
        if (!person.cursor) continue;
        seen.add(person.clientId);
        const known = drawn.get(person.clientId);
        if (known) known.to = person.cursor;
        else {
          const element = draw(person);
          host.current?.append(element);
          drawn.set(person.clientId, { element, at: person.cursor, to: person.cursor });
        }
      }
      for (const [clientId, cursor] of drawn) {
        if (seen.has(clientId)) continue;
        cursor.element.remove();
        drawn.delete(clientId);
      }
      wake();
    };
    const stopPeople = session.people.subscribe(follow);
    const stopView = store.subscribe((now, before) => {
      if (now.transform !== before.transform) wake();
    });
    follow();
    return () => {
      stopPeople();
      stopView();
      cancelAnimationFrame(frame);
      for (const cursor of drawn.values()) cursor.element.remove();
    };
  }, [session, store, flowToScreenPosition]);

  return (
    <div
      ref={host}
      aria-hidden
      className="pointer-events-none absolute inset-0 z-20 overflow-hidden"
    />
  );
}
