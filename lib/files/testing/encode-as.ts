import type { Encoding } from '../encodings';

const tables = new Map<Encoding, Map<string, number[]>>();

/** Bytes of a text in an encoding, the way an office program saves it: the reverse of what `TextDecoder` reads. */
export function encodeAs(text: string, encoding: Encoding): Uint8Array {
  if (encoding === 'utf-8') return new TextEncoder().encode(text);
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return wide(text, encoding);
  const table = tables.get(encoding) ?? tableOf(encoding);
  tables.set(encoding, table);
  return Uint8Array.from(
    Array.from(text).flatMap((character) => {
      const bytes = table.get(character);
      if (!bytes) throw new Error(`${encoding} has no ${character}`);
      return bytes;
    }),
  );
}

function wide(text: string, encoding: 'utf-16le' | 'utf-16be'): Uint8Array {
  return Uint8Array.from(
    text.split('').flatMap((unit) => {
      const code = unit.charCodeAt(0);
      const pair = [code & 0xff, code >> 8];
      return encoding === 'utf-16le' ? pair : pair.reverse();
    }),
  );
}

function tableOf(encoding: Encoding): Map<string, number[]> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const table = new Map<string, number[]>();
  const note = (bytes: number[]) => {
    try {
      const text = decoder.decode(Uint8Array.from(bytes));
      if (Array.from(text).length === 1 && !table.has(text)) table.set(text, bytes);
    } catch {
      // Not a character of this encoding.
    }
  };
  for (let one = 0; one < 256; one += 1) note([one]);
  if (/^(shift_jis|euc-jp|gb18030|big5|euc-kr)$/.test(encoding))
    for (let lead = 0x81; lead < 0xff; lead += 1)
      for (let trail = 0x40; trail < 0xff; trail += 1) note([lead, trail]);
  return table;
}
