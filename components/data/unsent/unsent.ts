/**
 * What was typed and not sent, by where it was typed: a reload of the tab finds it, and so does the next tab after this
 * one was closed. Keys begin with whose it is.
 */
const keyOf = (key: string) => `ensemble.unsent.${key}`;
const stores = [() => sessionStorage, () => localStorage];
/** Of a browser that refuses to store. */
const texts = new Map<string, string>();

export const unsent = {
  get(key: string): string {
    for (const store of stores) {
      const text = attempt(() => store().getItem(keyOf(key)));
      if (text) return text;
    }
    return texts.get(key) ?? '';
  },
  /** An empty text forgets what was there. */
  set(key: string, text: string): void {
    const done = stores.map((store) => {
      // What was there before is gone, also where there is no room for the new text.
      attempt(() => store().removeItem(keyOf(key)));
      return attempt(() => {
        if (text !== '') store().setItem(keyOf(key), text);
        return true;
      });
    });
    // Kept twice, what another tab has sent meanwhile would come back here.
    if (text === '' || done.includes(true)) texts.delete(key);
    else texts.set(key, text);
  },
};

function attempt<T>(use: () => T): T | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}
