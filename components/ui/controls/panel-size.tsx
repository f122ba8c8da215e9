'use client';

import { useCallback, useEffect, useState } from 'react';
import { cn } from '../cn';

export type PanelSize = { value: number; least: number; most: number; set(value: number): void };

/** A size in pixels that this browser remembers. */
export function usePanelSize(key: string, initial: number, least: number, most: number): PanelSize {
  const [value, setValue] = useState(initial);
  const clamp = useCallback(
    (wanted: number) => Math.round(Math.min(most, Math.max(least, wanted))),
    [least, most],
  );
  useEffect(() => {
    const stored = Number(localStorage.getItem(key));
    if (stored > 0) setValue(clamp(stored));
  }, [key, clamp]);
  const set = useCallback(
    (wanted: number) => {
      setValue(clamp(wanted));
      localStorage.setItem(key, String(clamp(wanted)));
    },
    [key, clamp],
  );
  return { value, least, most, set };
}

type Props = { size: PanelSize; edge: 'left' | 'right' | 'top'; label: string };

/** The edge by which a panel is made wider or higher, by pointer or by arrow keys. */
export function ResizeHandle({ size, edge, label }: Props) {
  const sideways = edge !== 'top';
  const outwards = edge === 'right' ? -1 : 1;
  const start = (event: React.PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    const handle = event.currentTarget;
    const from = sideways ? event.clientX : event.clientY;
    const initial = size.value;
    handle.setPointerCapture(event.pointerId);
    const move = (moved: PointerEvent) =>
      size.set(initial + (from - (sideways ? moved.clientX : moved.clientY)) * outwards);
    const stop = () => {
      handle.removeEventListener('pointermove', move);
      handle.removeEventListener('pointerup', stop);
      handle.removeEventListener('pointercancel', stop);
    };
    handle.addEventListener('pointermove', move);
    handle.addEventListener('pointerup', stop);
    handle.addEventListener('pointercancel', stop);
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const [less, more] = sideways ? ['ArrowRight', 'ArrowLeft'] : ['ArrowDown', 'ArrowUp'];
    const bigger = edge === 'right' ? less : more;
    const smaller = edge === 'right' ? more : less;
    if (event.key !== bigger && event.key !== smaller) return;
    event.preventDefault();
    event.stopPropagation();
    size.set(size.value + (event.key === bigger ? 16 : -16));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a focusable separator is the pattern for splitters; hr cannot hold the gesture
    <div
      role="separator"
      tabIndex={0}
      data-shortcuts="off"
      aria-label={label}
      aria-orientation={sideways ? 'vertical' : 'horizontal'}
      aria-valuenow={size.value}
      aria-valuemin={size.least}
      aria-valuemax={size.most}
      onPointerDown={start}
      onKeyDown={onKeyDown}
      className={cn(
        'absolute z-10 touch-none transition-colors duration-100 hover:bg-accent/40 active:bg-accent/60',
        edge === 'left' && 'inset-y-0 -left-[3px] w-[5px] cursor-col-resize',
        edge === 'right' && 'inset-y-0 -right-[3px] w-[5px] cursor-col-resize',
        edge === 'top' && 'inset-x-0 -top-[3px] h-[5px] cursor-row-resize',
      )}
    />
  );
}
