import { readJson } from '@/lib/api/json/read-json';
import { cleanFileName, cleanName } from '@/lib/names/name-problem';
import { at, textIn } from '@/lib/values/unknown';
import type { McpAnswer } from './calls';

export type ReadAnswer = {
  text: string;
  structured?: unknown;
  files: { name: string; mediaType: string; bytes: Uint8Array<ArrayBuffer> }[];
  links: { name: string; address: string }[];
};

const maxFiles = 10;
const maxLinks = 100;
const maxParts = 1_000;

/** What a tool's answer holds: texts in one, and what is no text as files. What cannot be read is left out, and named. */
export function readAnswer({ content, structured }: McpAnswer): ReadAnswer {
  const texts: string[] = [];
  const files: ReadAnswer['files'] = [];
  const links: ReadAnswer['links'] = [];
  const keep = (data: unknown, type: unknown, name: string) => {
    const bytes = files.length < maxFiles ? bytesOf(data) : undefined;
    const mediaType = typeof type === 'string' && /^[\w.+-]+\/[\w.+-]+$/.test(type) ? type : binary;
    if (bytes === undefined) texts.push('[A file was left out: it could not be read.]');
    else files.push({ name: withEnding(name, mediaType), mediaType, bytes });
  };
  for (const part of content.slice(0, maxParts)) {
    const resource = at(part, 'resource');
    switch (at(part, 'type')) {
      case 'text':
        texts.push(textIn(at(part, 'text')) ?? '');
        break;
      case 'image':
      case 'audio':
        keep(at(part, 'data'), at(part, 'mimeType'), `${at(part, 'type')}-${files.length + 1}`);
        break;
      case 'resource':
        if (typeof at(resource, 'text') === 'string') texts.push(String(at(resource, 'text')));
        else
          keep(
            at(resource, 'blob'),
            at(resource, 'mimeType'),
            cleanFileName(String(at(resource, 'uri'))),
          );
        break;
      case 'resource_link':
        if (links.length < maxLinks) links.push(linkOf(part));
        break;
      default:
        texts.push('[A part of the answer was left out: its kind is not known.]');
    }
  }
  const text = texts.join('\n\n');
  return { text, files, links, ...(structured === undefined ? {} : { structured }) };
}

const binary = 'application/octet-stream';

function linkOf(part: unknown): ReadAnswer['links'][number] {
  const address = String(at(part, 'uri') ?? '').slice(0, 2_000);
  const name = cleanName(String(at(part, 'title') ?? at(part, 'name') ?? '').slice(0, 200));
  return { name: name || address, address };
}

function withEnding(name: string, mediaType: string): string {
  const short = name.slice(-150);
  if (/\.[A-Za-z0-9]{1,8}$/.test(short)) return short;
  const ending = mediaType === 'image/jpeg' ? 'jpg' : mediaType.split(/[/+]/)[1];
  return mediaType === binary
    ? short
    : `${short}.${ending?.replace(/[^A-Za-z0-9]/g, '').slice(0, 8)}`;
}

function bytesOf(data: unknown): Uint8Array<ArrayBuffer> | undefined {
  if (typeof data !== 'string' || !/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(data)) return undefined;
  try {
    return Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** The same as one value for whoever asked: a text where there is nothing else. */
export function answerValue(read: ReadAnswer, files: readonly object[]): unknown {
  const { text, structured, links } = read;
  // Servers repeat what is structured as a text, for clients that read nothing else.
  const repeats = structured !== undefined && isSameJson(text, structured);
  const parts = {
    ...(text === '' || repeats ? {} : { text }),
    ...(structured === undefined ? {} : { structured }),
    ...(files.length === 0 ? {} : { files }),
    ...(links.length === 0 ? {} : { links }),
  };
  const names = Object.keys(parts);
  if (names.length === 0) return 'Done. The tool gave nothing back.';
  if (names.length > 1) return parts;
  return 'text' in parts ? text : 'structured' in parts ? structured : parts;
}

function isSameJson(text: string, value: unknown): boolean {
  const read = readJson(text, 0);
  return read.ok && JSON.stringify(read.value) === JSON.stringify(value);
}
