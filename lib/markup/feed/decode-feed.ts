/**
 * The text of a feed's bytes: by its mark, else by what the server says, else by its own first line. Unknown names and
 * bytes that do not fit are read as UTF-8, so that one odd letter costs that letter alone.
 */
export function decodeFeed(bytes: Uint8Array, contentType: string): string {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return decoded(bytes, 'utf-8');
  if (first === 0xff && second === 0xfe) return decoded(bytes, 'utf-16le');
  if (first === 0xfe && second === 0xff) return decoded(bytes, 'utf-16be');
  // Without a mark, UTF-16 shows by the empty half of its first sign.
  if (first === 0x3c && second === 0) return decoded(bytes, 'utf-16le');
  if (first === 0 && second === 0x3c) return decoded(bytes, 'utf-16be');
  const [, said] = /charset\s*=\s*"?([\w:.-]+)/i.exec(contentType) ?? [];
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 400));
  const [, own] = /^\s*<\?xml[^>]*\bencoding\s*=\s*["']([\w:.-]+)["']/i.exec(head) ?? [];
  return decoded(bytes, said ?? own ?? 'utf-8');
}

function decoded(bytes: Uint8Array, encoding: string): string {
  return decoderOf(encoding).decode(bytes);
}

function decoderOf(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding);
  } catch {
    return new TextDecoder();
  }
}
