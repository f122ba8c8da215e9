import { hmac } from '@noble/hashes/hmac.js';
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { type Budget, boundedText, bytesOf, make, spend } from '../values/budget';
import { ExpressionError } from '../values/expression-error';
import { type FunctionSpec, textOf } from './function-spec';
import { payText } from './functions-url';

const hashes = { sha256, sha512, sha1, md5 };
type Hash = keyof typeof hashes;

/** Bytes of a text in UTF-8; hashing them costs about one small operation each. */
function bytesFor(text: string, budget: Budget): Uint8Array {
  spend(budget, 100 + text.length * 2);
  make(budget, bytesOf.text(text.length * 2));
  return utf8ToBytes(text.toWellFormed());
}

function hashed(name: Hash, args: unknown[], budget: Budget): string {
  const bytes = hashes[name](bytesFor(textOf(name, args[0]), budget));
  return written(name, bytes, args[1]);
}

function keyed(args: unknown[], budget: Budget): string {
  const text = bytesFor(textOf('hmac', args[0]), budget);
  const key = bytesFor(textOf('hmac', args[1]), budget);
  const name = args.length > 2 ? textOf('hmac', args[2]) : 'sha256';
  if (!Object.hasOwn(hashes, name))
    throw new ExpressionError(
      `hmac() knows ${Object.keys(hashes).join(', ')}, not "${name.slice(0, 40)}".`,
    );
  return written('hmac', hmac(hashes[name as Hash], key, text), args[3]);
}

function written(name: string, bytes: Uint8Array, how: unknown = 'hex'): string {
  const form = textOf(name, how);
  if (form === 'hex') return bytesToHex(bytes);
  if (form === 'base64' || form === 'base64url') return toBase64(bytes, form);
  throw new ExpressionError(
    `${name}() writes "hex", "base64" or "base64url", not "${form.slice(0, 40)}".`,
  );
}

function toBase64(bytes: Uint8Array, form: string): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += 8_190)
    pieces.push(btoa(String.fromCharCode(...bytes.subarray(at, at + 8_190))));
  const text = pieces.join('');
  if (form === 'base64') return text;
  return text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64(text: string): Uint8Array {
  const plain = text.replace(/\s+/g, '').replaceAll('-', '+').replaceAll('_', '/');
  try {
    return Uint8Array.from(atob(plain), (character) => character.charCodeAt(0));
  } catch {
    throw new ExpressionError('base64Decode() got a text that is not Base64.');
  }
}

function fromHex(text: string): Uint8Array {
  try {
    return hexToBytes(text.trim());
  } catch {
    throw new ExpressionError('hexDecode() got a text that is not hexadecimal.');
  }
}

function asText(name: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new ExpressionError(`${name}() gives bytes that are not text in UTF-8.`);
  }
}

const hashSpec = (name: Hash, summary: string): FunctionSpec => ({
  name,
  signature: `${name}(text, "hex")`,
  summary,
  arity: [1, 2],
  call: (args, budget) => hashed(name, args, budget),
});

export const encodeFunctions: FunctionSpec[] = [
  hashSpec(
    'sha256',
    'SHA-256 of a text in UTF-8, as "hex" (unless said), "base64" or "base64url".',
  ),
  hashSpec('sha512', 'SHA-512 of a text, in the same formats.'),
  hashSpec('sha1', 'SHA-1 of a text, for services that still ask for it. Not for secrets.'),
  hashSpec('md5', 'MD5 of a text, for services that still ask for it. Not for secrets.'),
  {
    name: 'hmac',
    signature: 'hmac(text, key, "sha256", "hex")',
    summary:
      'Signature of a text with a secret key, by "sha256" (unless said), "sha512", "sha1" or "md5".',
    arity: [2, 4],
    call: keyed,
  },
  {
    name: 'base64Encode',
    signature: 'base64Encode(text)',
    summary:
      'A text as Base64 of its UTF-8 bytes; with "base64url" as second value, for addresses.',
    arity: [1, 2],
    call: (args, budget) => {
      const bytes = bytesFor(textOf('base64Encode', args[0]), budget);
      return boundedText(written('base64Encode', bytes, args[1] ?? 'base64'));
    },
  },
  {
    name: 'base64Decode',
    signature: 'base64Decode(text)',
    summary: 'The text in Base64, in either alphabet.',
    arity: [1, 1],
    call: (args, budget) => {
      const text = textOf('base64Decode', args[0]);
      payText(text, 2, budget);
      return asText('base64Decode', fromBase64(text));
    },
  },
  {
    name: 'hexEncode',
    signature: 'hexEncode(text)',
    summary: 'A text as the hexadecimal digits of its UTF-8 bytes.',
    arity: [1, 1],
    call: (args, budget) => boundedText(bytesToHex(bytesFor(textOf('hexEncode', args[0]), budget))),
  },
  {
    name: 'hexDecode',
    signature: 'hexDecode(text)',
    summary: 'The text in hexadecimal digits.',
    arity: [1, 1],
    call: (args, budget) => {
      const text = textOf('hexDecode', args[0]);
      payText(text, 1, budget);
      return asText('hexDecode', fromHex(text));
    },
  },
];
