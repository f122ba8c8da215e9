import type { Encoding } from '../encodings';
import type { ReadSettings } from '../read-text-file';
import { encodeAs } from './encode-as';

/** A file as an office saves it: what is read from it, or why it is refused. */
export type OfficeFile = {
  what: string;
  name?: string;
  bytes: Uint8Array;
  settings?: ReadSettings;
  rows?: unknown[];
  columns?: string[];
  encoding?: Encoding;
  refused?: RegExp;
};

export const utf8 = (text: string) => encodeAs(text, 'utf-8');
export const marked = (mark: number[], bytes: Uint8Array) => Uint8Array.from([...mark, ...bytes]);
export const raw = (...bytes: number[]) => Uint8Array.from(bytes);
