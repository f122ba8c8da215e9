let isPressed = false;
let waiting: (() => void)[] = [];

if (typeof window !== 'undefined') {
  const release = () => {
    isPressed = false;
    // The click follows the release: what it was meant for has not moved by then.
    setTimeout(() => {
      if (isPressed) return;
      const now = waiting;
      waiting = [];
      for (const run of now) run();
    });
  };
  window.addEventListener('pointerdown', () => (isPressed = true), true);
  // A release that a dialog of the browser swallowed shows at the next key.
  for (const end of ['pointerup', 'pointercancel', 'keydown'] as const)
    window.addEventListener(end, release, true);
}

/**
 * Runs what may move things on the page: at once, or, while a pointer is held down, after its click. A field that shows
 * an error when it is left would else push away the button that was pressed to leave it.
 */
export function afterPress(run: () => void): void {
  if (isPressed) waiting.push(run);
  else run();
}
