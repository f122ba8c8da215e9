import { cleanFileName } from '@/lib/names/name-problem';
import type { HttpAnswer } from '../node-type/define-node';

/** The name of a file that a server sends: as it says, as its address ends, or a plain one. */
export function fileNameOf({ headers }: Pick<HttpAnswer, 'headers'>, url: string): string {
  const said = headers['content-disposition'] ?? '';
  const [, encoded] = /filename\*\s*=\s*(?:UTF-8|utf-8)''([^;\s]+)/.exec(said) ?? [];
  const [, quoted] = /filename\s*=\s*"((?:[^"\\]|\\.)*)"/.exec(said) ?? [];
  const [, plain] = /filename\s*=\s*([^";\s]+)/.exec(said) ?? [];
  const last = URL.canParse(url) ? new URL(url).pathname.split('/').at(-1) : '';
  const named = decoded(encoded) ?? quoted?.replaceAll(/\\(.)/g, '$1') ?? plain ?? decoded(last);
  // A server may name a place: only the last part of it is a name.
  const name = cleanFileName((named ?? '').split(/[/\\]/).at(-1) ?? '');
  return name === '' ? 'response' : name.slice(0, 200);
}

function decoded(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export const mediaTypeOf = ({ headers }: Pick<HttpAnswer, 'headers'>): string => {
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  return /^[\w.+-]{1,60}\/[\w.+-]{1,60}$/.test(type) ? type : 'application/octet-stream';
};
