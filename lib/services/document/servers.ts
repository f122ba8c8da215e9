import { at, isRecord, listIn, objectIn, textIn, textsIn } from '@/lib/values/unknown';

type Part = Readonly<Record<string, unknown>>;

/** The address that a server object names, its variables by their defaults; undefined where it is no http address. */
export function absoluteServer(server: Part | undefined, documentUrl: string | undefined) {
  const written = textIn(server?.url);
  if (written === undefined || written.length > 2_000) return undefined;
  const filled = written.replace(/\{([^{}]{1,100})\}/g, (whole, name: string) => {
    const fallback = at(server, 'variables', name, 'default');
    return typeof fallback === 'string' || typeof fallback === 'number' ? String(fallback) : whole;
  });
  return serverAddress(filled, documentUrl);
}

/** An address that operations can stand behind: http or https, without a query, a fragment or credentials. */
export function serverAddress(written: string, base?: string): string | undefined {
  if (/[{}]/.test(written) || !URL.canParse(written, base)) return undefined;
  const url = new URL(written, base);
  if (!/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    return undefined;
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/** The first server of the document; of one that names none, where it was fetched from. */
export function serverOf(document: Part, old: boolean, documentUrl: string | undefined) {
  if (!old) {
    const named = listIn(document.servers).map((server) =>
      absoluteServer(objectIn(server), documentUrl),
    );
    const first = named.find((server) => server !== undefined);
    if (first !== undefined || listIn(document.servers).length > 0 || documentUrl === undefined)
      return first;
    return new URL(documentUrl).origin;
  }
  const host =
    textIn(document.host) ?? (documentUrl === undefined ? undefined : new URL(documentUrl).host);
  if (host === undefined) return undefined;
  const schemes = textsIn(document.schemes);
  const scheme = schemes.includes('https') || schemes.length === 0 ? 'https' : schemes[0];
  return serverAddress(`${scheme}://${host}${textIn(document.basePath) ?? ''}`);
}

export const versionOf = (document: Part) => {
  if (textIn(document.swagger)?.startsWith('2.')) return 'old' as const;
  const version = textIn(document.openapi);
  if (version?.startsWith('3.0') || version?.startsWith('3.1')) return 'new' as const;
  return isRecord(document) ? (version ?? textIn(document.swagger)) : undefined;
};
