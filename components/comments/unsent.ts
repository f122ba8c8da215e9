/** What was typed and not sent, by where it was typed. It lives as long as the tab. */
const texts = new Map<string, string>();

export const unsent = {
  get: (key: string) => texts.get(key) ?? '',
  set(key: string, text: string) {
    if (text === '') texts.delete(key);
    else texts.set(key, text);
  },
};
