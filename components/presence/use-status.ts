import { useEffect } from 'react';
import type { Session } from '@/components/session/session';

const idleAfterMs = 60_000;
const awayAfterMs = 5 * 60_000;
const lookEveryMs = 5_000;
const signs = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'focus'] as const;

/** Tells the others whether this person is there: idle without input for a minute, away with the tab out of sight. */
export function useStatus({ tell }: Session): void {
  useEffect(() => {
    let lastInput = Date.now();
    const look = () => {
      const still = Date.now() - lastInput;
      const away = document.visibilityState === 'hidden' || still >= awayAfterMs;
      tell({ status: away ? 'away' : still >= idleAfterMs ? 'idle' : undefined });
    };
    const onInput = () => {
      const wasStill = Date.now() - lastInput >= idleAfterMs;
      lastInput = Date.now();
      if (wasStill) look();
    };
    const onVisible = () => {
      if (document.visibilityState === 'visible') lastInput = Date.now();
      look();
    };
    const timer = setInterval(look, lookEveryMs);
    for (const sign of signs) addEventListener(sign, onInput, { capture: true, passive: true });
    document.addEventListener('visibilitychange', onVisible);
    look();
    return () => {
      clearInterval(timer);
      for (const sign of signs) removeEventListener(sign, onInput, { capture: true });
      document.removeEventListener('visibilitychange', onVisible);
    };
  }, [tell]);
}
