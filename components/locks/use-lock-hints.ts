import { useEffect } from 'react';
import type { Session } from '@/components/session/session';
import { toast } from '@/components/ui/controls/toast';
import { lockReason } from './locks';

const dragPixels = 6;

/** Says why an action did nothing: one toast at a time. */
export function sayLocked(reason: string): void {
  toast(reason, { id: 'locked', duration: 5_000 });
}

/** Says why a step does not move when somebody else locked it. */
export function useLockHints(session: Session): void {
  useEffect(() => {
    let pressed: { id: string; x: number; y: number } | undefined;
    const onDown = ({ target, clientX: x, clientY: y }: PointerEvent) => {
      const card = target instanceof Element ? target.closest('.react-flow__node') : null;
      const id = card?.getAttribute('data-id');
      pressed = id ? { id, x, y } : undefined;
    };
    const onMove = ({ buttons, clientX, clientY }: PointerEvent) => {
      if (!pressed || buttons !== 1) return;
      if (Math.hypot(clientX - pressed.x, clientY - pressed.y) < dragPixels) return;
      const reason = lockReason(session, [pressed.id]);
      pressed = undefined;
      if (reason !== undefined) sayLocked(reason);
    };
    addEventListener('pointerdown', onDown, true);
    addEventListener('pointermove', onMove, true);
    return () => {
      removeEventListener('pointerdown', onDown, true);
      removeEventListener('pointermove', onMove, true);
    };
  }, [session]);
}
