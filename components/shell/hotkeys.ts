'use client';

import { useEffect, useEffectEvent } from 'react';
import { isFieldLost, trackFields } from './vanished-field';

/** True where keys are text: there only combinations with Mod are shortcuts. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/**
 * Calls the handler of a pressed key: `Mod+K`, `?`, `Shift+B`, or `G D` (one after the other within a second). A letter
 * with Shift that nobody handles counts as the letter.
 * Leaves keys alone in text fields (but with Mod) and in open dialogs (but with Mod).
 */
export function useHotkeys(handlers: Record<string, () => void>): void {
  const handle = useEffectEvent((name: string) => {
    const handler = handlers[name];
    handler?.();
    return handler !== undefined;
  });
  useEffect(() => {
    trackFields();
    let leader: { key: string; at: number } | undefined;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || event.isComposing) return;
      if (isFieldLost(event)) return;
      const mod = event.metaKey || event.ctrlKey;
      const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
      if (mod) {
        if (!event.shiftKey && handle(`Mod+${key}`)) event.preventDefault();
        return;
      }
      const busy = isTyping(event.target) || document.querySelector('[role="dialog"]') !== null;
      if (busy) return;
      const sequence = leader && event.timeStamp - leader.at < 1_000 ? `${leader.key} ${key}` : key;
      leader = sequence === key ? { key, at: event.timeStamp } : undefined;
      // A key that follows another by chance, such as C after Escape, is meant by itself.
      if (event.shiftKey && handle(`Shift+${key}`)) event.preventDefault();
      else if (handle(sequence) || (sequence !== key && handle(key))) event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
