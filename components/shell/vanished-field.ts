const fields = 'input, textarea, select, [contenteditable="true"]';
/** Where settings are written: what is left of these by intent, such as a name on the canvas, is not meant. */
const places = '[data-field], [aria-label="Inspector"]';

let watching = false;
let written: Element | undefined;

/** Follows in which field of a form somebody writes. Once for the page. */
export function trackFields(): void {
  if (watching) return;
  watching = true;
  const letGo = () => {
    written = undefined;
  };
  document.addEventListener(
    'focusin',
    ({ target }) => {
      const field = target instanceof Element && target.matches(fields) && target.closest(places);
      written = field ? (target as Element) : undefined;
    },
    true,
  );
  document.addEventListener('pointerdown', letGo, true);
  document.addEventListener(
    'focusout',
    ({ target }) => {
      // Left by intent it is still there; one that vanished is not.
      setTimeout(() => {
        if (target === written && target instanceof Element && target.isConnected) letGo();
      });
    },
    true,
  );
}

/**
 * Whether the field that somebody was writing in has vanished under their hands: keys typed on are meant for it, and for
 * nothing behind it. Until they click, go to another field, or press Escape.
 */
export function isFieldLost(event: KeyboardEvent): boolean {
  if (written === undefined || written.isConnected || event.target !== document.body) return false;
  if (event.key === 'Escape') written = undefined;
  return true;
}
