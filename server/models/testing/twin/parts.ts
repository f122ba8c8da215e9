import { createHash } from 'node:crypto';
import { readPicture } from '@/lib/files/pictures/picture-facts';
import { pictureTokens } from '@/lib/models/pictures/picture-tokens';
import { isRecord, textIn } from '@/lib/values/unknown';

export type Json = Record<string, unknown>;
export type Vendor = 'openai' | 'compatible' | 'anthropic' | 'google' | 'ollama';

/** Tokens of one answer by kind, each of one. */
export type Billed = { fresh: number; read: number; write: number; text: number; thought: number };
/** What a model says to a question. */
export type Reply = { thought: string; text: string; calls: { name: string; args: Json }[] };

/** An answer as its pieces on the wire, and what it is billed for. */
export type Served = { type: string; pieces: string[]; billed: Billed };

/** A vendor that refuses a request. */
export class Refused extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export function refuse(status: number, message: string): never {
  throw new Refused(status, message);
}

export const objectsIn = (value: unknown): Json[] =>
  Array.isArray(value) ? value.filter(isRecord) : [];

/** Refuses fields that the vendor does not know. */
export function knowsOnly(body: Json, names: readonly string[]): void {
  const odd = Object.keys(body).find((name) => !names.includes(name));
  if (odd !== undefined) refuse(400, `Unknown parameter: '${odd}'.`);
}

/** What only this vendor can make for a model, and tells when it was changed. */
export function seal(model: string, text: string): string {
  return createHash('sha256').update(`twin ${model} ${text}`).digest('base64');
}

export const tokensOf = (text: string): number => Math.ceil(text.length / 4);

/** How pictures begin as base64: PNG, JPEG, WebP. */
const picture = /^(?:data:image\/\w+;base64,)?((?:iVBORw0KGgo|\/9j\/|UklGR)[A-Za-z0-9+/=]+)$/;

/** Tokens of a request: pictures by their pixels, all else by its length. */
export function tokensOfRequest(body: Json): number {
  let seen = 0;
  const words = JSON.stringify(body, (_, value: unknown) => {
    const data = typeof value === 'string' ? picture.exec(value)?.[1] : undefined;
    if (data === undefined) return value;
    const facts = readPicture(Buffer.from(data, 'base64')) ?? refuse(400, 'Invalid image data.');
    seen += pictureTokens(facts);
    return '';
  });
  return tokensOf(words) + seen;
}

export function modelOf(body: Json): string {
  return textIn(body.model) ?? refuse(400, 'you must provide a model parameter');
}

export const sse = (value: unknown, event?: string): string =>
  `${event === undefined ? '' : `event: ${event}\n`}data: ${JSON.stringify(value)}\n\n`;

/** A text in up to five pieces. */
export function pieces(text: string, random: () => number): string[] {
  const size = Math.max(1, Math.ceil(text.length / (1 + Math.floor(random() * 5))));
  return text.match(new RegExp(`[\\s\\S]{1,${size}}`, 'g')) ?? [];
}

/** Input by kind: as a cache would have it, with parts of both. */
export function inputBy(tokens: number, random: () => number, writes: boolean) {
  const read = random() < 0.5 ? Math.floor(tokens * random()) : 0;
  const write = writes && random() < 0.5 ? Math.floor((tokens - read) * random()) : 0;
  return { fresh: tokens - read - write, read, write };
}

/** A value as a text, whatever the order of its fields. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    isRecord(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
