'use client';

import { useEffect, useRef } from 'react';
import type { TourStep } from '@/lib/people/tour';
import { tourTexts } from './tour-texts';

const room = 4;

/** A ring around what the tour speaks of. It takes no clicks, and is gone where that is not on the screen. */
export function TourRing({ step }: { step: TourStep }) {
  const ring = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let frame = 0;
    const place = () => {
      frame = requestAnimationFrame(place);
      const style = ring.current?.style;
      if (!style) return;
      const box = shown(tourTexts[step].targets);
      style.display = box ? 'block' : 'none';
      if (!box) return;
      style.transform = `translate(${box.left - room}px, ${box.top - room}px)`;
      style.width = `${box.width + 2 * room}px`;
      style.height = `${box.height + 2 * room}px`;
    };
    place();
    return () => cancelAnimationFrame(frame);
  }, [step]);
  return (
    <div
      ref={ring}
      aria-hidden
      className="pointer-events-none fixed top-0 left-0 z-40 hidden animate-breathe rounded-lg border-2 border-accent"
    />
  );
}

/** The box of the first of these that is on the screen, and that no dialog covers. */
function shown(targets: readonly string[]): DOMRect | undefined {
  if (document.querySelector('[role="dialog"], [role="menu"]')) return undefined;
  return targets
    .flatMap((selector) => [...document.querySelectorAll(selector)])
    .map((element) => element.getBoundingClientRect())
    .find(
      (box) =>
        box.width > 0 &&
        box.right > 0 &&
        box.bottom > 0 &&
        box.left < innerWidth &&
        box.top < innerHeight,
    );
}
