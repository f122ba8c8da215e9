'use client';

import { useRef } from 'react';

/**
 * Gives the focus back to what had it before a dialog opened: Radix does so only for dialogs with a trigger of
 * their own. Call `opened` as it takes the focus, `closed` as it gives it up.
 */
export function useFocusReturn() {
  const before = useRef<Element>(null);
  return {
    opened() {
      before.current = document.activeElement;
    },
    closed(event: Event) {
      const element = before.current;
      if (!(element instanceof HTMLElement) || !element.isConnected || element === document.body)
        return;
      event.preventDefault();
      element.focus({ preventScroll: true });
    },
  };
}
