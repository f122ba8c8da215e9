/** How often it is looked for, and for how long in all: code that is loaded for the first time takes its time. */
const everyMs = 50;
const tries = 100;

/**
 * Focuses what `find` gives, once it is there: unless the person does something else before. `afterMs`: what closes
 * meanwhile gives the focus back first. The answer takes it back.
 */
export function focusSoon(find: () => HTMLElement | null | undefined, afterMs = 0): () => void {
  const over = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  over.signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  for (const deed of ['pointerdown', 'keydown']) {
    document.addEventListener(deed, () => over.abort(), { capture: true, signal: over.signal });
  }
  const look = (left: number) => {
    const found = find();
    if (found) {
      over.abort();
      found.focus();
    } else if (left > 0) timer = setTimeout(() => look(left - 1), everyMs);
    else over.abort();
  };
  if (afterMs > 0) timer = setTimeout(() => look(tries), afterMs);
  else look(tries);
  return () => over.abort();
}
