/** Headers that belong to one connection, not to a request, or that would let a caller forge one. */
const perConnection = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** What may follow a redirect to another origin: nothing that could be a credential or describe a dropped body. */
const harmless = new Set(['accept', 'accept-encoding', 'accept-language', 'user-agent']);

type Entries = Iterable<readonly [string, string]>;

/** Headers of a request as they may be sent. */
export function sendable(headers: Entries): [string, string][] {
  return [...headers]
    .map(([name, value]): [string, string] => [name.toLowerCase(), value])
    .filter(([name]) => !perConnection.has(name));
}

/** Headers of a request that goes on to another origin. */
export function withoutCredentials(headers: Entries): [string, string][] {
  return [...headers].filter(([name]) => harmless.has(name)).map(([name, value]) => [name, value]);
}

/** Headers of a request whose body is gone. */
export function withoutBody(headers: Entries): [string, string][] {
  return [...headers]
    .filter(([name]) => !name.startsWith('content-'))
    .map(([name, value]) => [name, value]);
}
