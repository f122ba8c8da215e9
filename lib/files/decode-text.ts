import { binaryProblem } from './binary-kind';
import type { Encoding } from './encodings';
import { guessEncoding } from './guess-encoding';
import { problemAt } from './text-place';

export type Decoded =
  | { ok: true; text: string; encoding: Encoding }
  | { ok: false; problem: string };

/**
 * The text of a file's bytes, without a byte order mark. `auto` goes by the mark, then by whether the bytes are UTF-8
 * or ISO-2022-JP, then by how likely the letters are; another encoding is taken at its word. Refused, with line and
 * column where there is one: other kinds of files, NUL characters, bytes that the encoding does not have.
 */
export function decodeText(bytes: Uint8Array, encoding: Encoding | 'auto' = 'auto'): Decoded {
  const other = binaryProblem(bytes);
  if (other !== undefined) return { ok: false, problem: other };
  const read = encoding === 'auto' ? decodeGuessed(bytes) : decodeAs(bytes, encoding);
  return read.ok ? refuseNul(read) : read;
}

/**
 * Why bytes can be no text in any encoding; undefined when they may be. Bytes that only fit no *guessed* encoding pass:
 * a person can still name the right one.
 */
export function notText(bytes: Uint8Array): string | undefined {
  const other = binaryProblem(bytes);
  if (other !== undefined || !bytes.includes(0)) return other;
  const read = decodeText(bytes);
  return read.ok ? undefined : read.problem;
}

function decodeGuessed(bytes: Uint8Array): Decoded {
  const marked = markOf(bytes) ?? wideWithoutMark(bytes);
  if (marked) return decodeAs(bytes, marked);
  if (holdsEscapes(bytes)) {
    const japanese = decodeAs(bytes, 'iso-2022-jp');
    if (japanese.ok) return japanese;
  }
  const asUtf8 = decodeAs(bytes, 'utf-8');
  if (asUtf8.ok || bytes.includes(0) || isMostlyUtf8(bytes)) return asUtf8;
  return { ok: true, ...guessEncoding(bytes) };
}

function markOf([first, second, third]: Uint8Array): Encoding | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first === 0xef && second === 0xbb && third === 0xbf ? 'utf-8' : undefined;
}

/** UTF-16 without its mark: nearly every second byte is NUL, and none of the others. */
function wideWithoutMark(bytes: Uint8Array): Encoding | undefined {
  if (bytes.length < 4 || bytes.length % 2 === 1) return undefined;
  const nul = [0, 0];
  for (const [index, byte] of bytes.subarray(0, 4_096).entries())
    if (byte === 0) nul[index % 2] = (nul[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = nul;
  const enough = Math.min(bytes.length, 4_096) / 5;
  if (even === 0 && odd > enough) return 'utf-16le';
  return odd === 0 && even > enough ? 'utf-16be' : undefined;
}

/** ESC $ B, ESC $ @ or ESC ( J: how ISO-2022-JP changes its character set. */
function holdsEscapes(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(0x1b); at >= 0; at = bytes.indexOf(0x1b, at + 1)) {
    const [kind, set] = [bytes[at + 1], bytes[at + 2]];
    if (kind === 0x24 && (set === 0x42 || set === 0x40)) return true;
    if (kind === 0x28 && set === 0x4a) return true;
  }
  return false;
}

function decodeAs(bytes: Uint8Array, encoding: Encoding): Decoded {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return { ok: true, text, encoding };
  } catch {
    const loose = new TextDecoder(encoding).decode(bytes);
    const at = Math.max(0, loose.indexOf('\uFFFD'));
    return {
      ok: false,
      problem: problemAt(
        loose,
        at,
        `these bytes are not ${encoding.toUpperCase()}. Choose the encoding that the file was saved in, or save it as UTF-8.`,
      ),
    };
  }
}

/** Whether bytes that are not UTF-8 as a whole hold far more of its sequences than bytes that do not fit: a damaged file. */
function isMostlyUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(bytes);
  let good = 0;
  let bad = 0;
  for (const [character] of text.matchAll(/[\u0080-\u{10ffff}]/gu)) {
    if (character === '\uFFFD') bad += 1;
    else good += 1;
  }
  return good > 2 * bad;
}

function refuseNul(read: Extract<Decoded, { ok: true }>): Decoded {
  const nul = read.text.indexOf('\0');
  if (nul >= 0)
    return {
      ok: false,
      problem: problemAt(read.text, nul, 'a NUL character. This is not a text file.'),
    };
  return read;
}
