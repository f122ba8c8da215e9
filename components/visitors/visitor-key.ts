/**
 * What names a visitor's conversation: made by chance, known to this browser alone, and kept while its storage is. It stands
 * in no address and is no cookie.
 */
const placeOf = (token: string) => `ensemble.visitor.${token}`;

/** The key of the conversation that goes on; undefined before the first message. */
export function knownVisitor(token: string): string | undefined {
  return attempt(() => localStorage.getItem(placeOf(token))) ?? undefined;
}

/** Makes the key of a new conversation. */
export function newVisitor(token: string): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  const key = btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
  attempt(() => localStorage.setItem(placeOf(token), key));
  return key;
}

/** A browser that refuses to store has the conversation until its page is closed. */
function attempt<T>(use: () => T): T | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}
