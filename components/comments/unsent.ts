/** What was typed and not sent, by where it was typed. It lives as long as the tab, also over a reload. */
const texts = new Map<string, string>();
const keyOf = (key: string) => `ensemble.unsent.${key}`;

export const unsent = {
  get(key: string): string {
    return texts.get(key) ?? stored((store) => store.getItem(keyOf(key))) ?? '';
  },
  set(key: string, text: string): void {
    if (text === '') texts.delete(key);
    else texts.set(key, text);
    stored((store) =>
      text === '' ? store.removeItem(keyOf(key)) : store.setItem(keyOf(key), text),
    );
  },
};

/** A browser that refuses to store keeps texts in memory alone. */
function stored<T>(use: (store: Storage) => T): T | undefined {
  try {
    return use(sessionStorage);
  } catch {
    return undefined;
  }
}
