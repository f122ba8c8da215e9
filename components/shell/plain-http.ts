/** A random UUID (version 4) out of 16 random bytes. */
export function uuidOf(bytes: Uint8Array): string {
  const hex = [...bytes].map((byte, index) => {
    const marked = index === 6 ? (byte & 0x0f) | 0x40 : index === 8 ? (byte & 0x3f) | 0x80 : byte;
    return marked.toString(16).padStart(2, '0');
  });
  const part = (from: number, to: number) => hex.slice(from, to).join('');
  return [part(0, 4), part(4, 6), part(6, 8), part(8, 10), part(10, 16)].join('-');
}

/** Puts a text into the clipboard by the old way, which needs a key or a click just before. */
async function copy(text: string): Promise<void> {
  let taken = false;
  const give = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    event.stopImmediatePropagation();
    taken = true;
  };
  document.addEventListener('copy', give, { capture: true });
  document.execCommand('copy');
  document.removeEventListener('copy', give, { capture: true });
  if (!taken) throw new Error('This browser only allows copying over HTTPS.');
}

/**
 * Browsers keep random ids and the clipboard from pages that come from another machine over plain HTTP. A team in one
 * network opens the product so: there these two are made from what browsers do give.
 */
export function fillInForPlainHttp(): void {
  if (window.isSecureContext) return;
  const randomUUID = () => uuidOf(crypto.getRandomValues(new Uint8Array(16)));
  const readText = () =>
    Promise.reject(new Error('This browser only allows pasting with its own shortcut.'));
  Object.defineProperty(crypto, 'randomUUID', { value: randomUUID });
  Object.defineProperty(navigator, 'clipboard', { value: { writeText: copy, readText } });
}
