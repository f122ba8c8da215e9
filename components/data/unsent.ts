/**
 * What was typed and not sent, by where it was typed: a reload of the tab finds it, and so does the next tab after this
 * one was closed. Keys begin with whose it is.
 */
const texts = new Map<string, string>();
const keyOf = (key: string) => `ensemble.unsent.${key}`;
const stores = [() => sessionStorage, () => localStorage];

export const unsent = {
  get(key: string): string {
    const found = texts.get(key);
    if (found !== undefined) return found;
    for (const store of stores) {
      const text = attempt(() => store().getItem(keyOf(key)));
      if (text) return text;
    }
    return '';
  },
  /** An empty text forgets what was there. */
  set(key: string, text: string): void {
    texts.set(key, text);
    for (const store of stores) {
      attempt(() =>
        text === '' ? store().removeItem(keyOf(key)) : store().setItem(keyOf(key), text),
      );
    }
  },
};

/** A browser that refuses to store keeps texts in memory alone. */
function attempt<T>(use: () => T): T | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}
