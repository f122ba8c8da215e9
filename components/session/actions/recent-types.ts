const storageKey = 'ensemble.recent-steps';
const listeners = new Set<() => void>();
const none: readonly string[] = [];
let cached: readonly string[] | undefined;

function read(): readonly string[] {
  if (typeof window === 'undefined') return none;
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]');
    return Array.isArray(stored) ? stored.filter((name) => typeof name === 'string') : none;
  } catch {
    return none;
  }
}

/** The kinds of steps that this person added last, newest first; kept in this browser. */
export const recentTypes = {
  get(): readonly string[] {
    cached ??= read();
    return cached;
  },
  add(type: string) {
    cached = [type, ...recentTypes.get().filter((name) => name !== type)].slice(0, 6);
    try {
      localStorage.setItem(storageKey, JSON.stringify(cached));
    } catch {
      // Private windows refuse storage: the list then lives as long as the page.
    }
    for (const listener of listeners) listener();
  },
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
