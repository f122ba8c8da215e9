import { ServiceValueError } from './convert';

const utf8 = new TextEncoder();

/** Bytes as base64; `forAddress`: with the letters that may stand in one, and without padding. */
export function base64Of(text: string, forAddress = false): string {
  let bytes = '';
  for (const byte of utf8.encode(text)) bytes += String.fromCharCode(byte);
  const plain = btoa(bytes);
  return forAddress ? plain.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '') : plain;
}

/** A message as e-mail servers read it (RFC 5322), from the values of its fields. */
export function mailOf(values: Readonly<Record<string, unknown>>): string {
  const text = (name: string) => {
    const value = values[name];
    return Array.isArray(value)
      ? value.map(String).join(', ')
      : value === undefined
        ? ''
        : String(value);
  };
  const heads = [
    ['From', text('from')],
    ['To', text('to')],
    ['Cc', text('cc')],
    ['Bcc', text('bcc')],
    ['Reply-To', text('replyTo')],
    ['In-Reply-To', text('inReplyTo')],
    ['References', text('inReplyTo')],
    ['Subject', text('subject')],
  ] as const;
  const lines = heads
    .filter(([, value]) => value.trim() !== '')
    .map(([name, value]) => `${name}: ${headOf(name, value)}`);
  const kind = text('format') === 'html' ? 'html' : 'plain';
  const body = base64Of(text('text')).replace(/.{76}(?=.)/g, '$&\r\n');
  return [
    ...lines,
    'MIME-Version: 1.0',
    `Content-Type: text/${kind}; charset="UTF-8"`,
    'Content-Transfer-Encoding: base64',
    '',
    body,
  ].join('\r\n');
}

/** A line break would begin another header. */
function headOf(name: string, value: string): string {
  if (/[\r\n\0]/.test(value)) {
    throw new ServiceValueError(`"${name}" may not have line breaks.`);
  }
  if (/^[\x20-\x7e]*$/.test(value)) return value;
  if (name === 'Subject') return encodedWords(value);
  // Of an address only the name in front of it may be encoded.
  return value
    .split(',')
    .map((one) =>
      one
        .trim()
        .replace(
          /^"?([^"<]*[^\x20-\x7e"<][^"<]*?)"?\s*(?=<)/,
          (_, who: string) => `${encodedWords(who.trim())} `,
        ),
    )
    .join(', ');
}

/** RFC 2047: pieces of at most 75 characters. */
function encodedWords(value: string): string {
  const pieces: string[] = [];
  let piece = '';
  for (const char of value) {
    if (utf8.encode(piece + char).length > 42) {
      pieces.push(piece);
      piece = '';
    }
    piece += char;
  }
  return [...pieces, piece].map((one) => `=?UTF-8?B?${base64Of(one)}?=`).join('\r\n ');
}
