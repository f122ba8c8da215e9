import { type CurlSecret, headerSecret, isSecretName, userSecret } from './secrets';
import { shellWords } from './words';

type Pair = { name: string; value: string };

/** A `curl` command as the settings of an HTTP step, without its secrets. */
export type CurlRequest = {
  method: string;
  url: string;
  query: Pair[];
  headers: Pair[];
  body: string;
  timeoutMs: number | undefined;
  /** Left out of the settings: a connection may hold the first of them. */
  secrets: CurlSecret[];
  /** What was not taken over, in sentences. */
  notes: string[];
};
export type ParsedCurl = { ok: true; request: CurlRequest } | { ok: false; problem: string };

const methods: readonly string[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'];
export const maxCurlLength = 200_000;

/** Options that take a value; those of one letter are written `-Xvalue`, too. */
const taking: Readonly<Record<string, string>> = {
  X: 'request',
  H: 'header',
  d: 'data',
  u: 'user',
  A: 'user-agent',
  e: 'referer',
  b: 'cookie',
  F: 'form',
  m: 'max-time',
  o: 'output',
  x: 'proxy',
  c: 'cookie-jar',
  w: 'write-out',
  K: 'config',
  E: 'cert',
  T: 'upload-file',
  r: 'range',
};
const long: ReadonlySet<string> = new Set([
  ...Object.values(taking),
  ...[
    'data-raw',
    'data-binary',
    'data-ascii',
    'data-urlencode',
    'json',
    'url',
    'oauth2-bearer',
    'url-query',
  ],
  ...[
    'connect-timeout',
    'retry',
    'retry-delay',
    'retry-max-time',
    'cacert',
    'key',
    'form-string',
    'resolve',
  ],
  ...[
    'max-redirs',
    'limit-rate',
    'interface',
    'ciphers',
    'proxy-user',
    'proxy-header',
    'aws-sigv4',
  ],
]);
const flags: Readonly<Record<string, string>> = { G: 'get', I: 'head' };

/** Whether a text looks like a `curl` command. */
export const isCurl = (text: string): boolean => /^\s*(?:\$\s+)?curl(?:\.exe)?\s/i.test(text);

/** Reads a `curl` command as browsers, API documentation and Postman write it. Never runs anything. */
export function parseCurl(command: string): ParsedCurl {
  if (command.length > maxCurlLength)
    return { ok: false, problem: 'This command is longer than 200,000 characters.' };
  if (!isCurl(command))
    return { ok: false, problem: 'This is not a curl command: it begins with "curl".' };
  const words = shellWords(command.trim().replace(/^\$\s+/, ''));
  if (words === undefined)
    return { ok: false, problem: 'A quotation mark of this command is not closed.' };
  return requestOf(optionsOf(words.slice(1)));
}

type Options = { given: [name: string, value: string][]; urls: string[] };

function optionsOf(words: readonly string[]): Options {
  const given: [string, string][] = [];
  const urls: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const value = () => {
      at += 1;
      return words[at] ?? '';
    };
    if (word === '--') continue;
    if (word.startsWith('--')) {
      const [name = '', inline] = word.slice(2).split(/=(.*)/s);
      if (long.has(name)) given.push([name, inline ?? value()]);
      else given.push([name, '']);
    } else if (word.startsWith('-') && word.length > 1) {
      for (let letter = 1; letter < word.length; letter += 1) {
        const name = word[letter] ?? '';
        const takes = taking[name];
        if (takes === undefined) {
          given.push([flags[name] ?? name, '']);
          continue;
        }
        given.push([takes, word.slice(letter + 1) || value()]);
        break;
      }
    } else urls.push(word);
  }
  return {
    given,
    urls: [...given.filter(([name]) => name === 'url').map(([, url]) => url), ...urls],
  };
}

function requestOf({ given, urls }: Options): ParsedCurl {
  const [first] = urls;
  if (first === undefined) return { ok: false, problem: 'This command has no URL.' };
  const all = (name: string) => given.filter(([one]) => one === name).map(([, value]) => value);
  const has = (name: string) => given.some(([one]) => one === name);
  const notes: string[] = [];
  const secrets: CurlSecret[] = [];
  if (urls.length > 1) notes.push('Only the first URL was taken.');

  const data = dataOf(given, notes);
  const asQuery = has('get');
  const { url, query } = splitUrl(first, asQuery ? data.text : '', secrets);
  const headers: Pair[] = [];
  const put = (name: string, value: string) => {
    const secret = headerSecret(name, value);
    if (secret !== undefined) secrets.push(secret);
    else if (name.toLowerCase() === 'cookie')
      notes.push('Cookies were left out: they sign somebody in.');
    else if (/^(?:host|content-length|connection|accept-encoding)$/i.test(name)) return;
    else headers.push({ name, value });
  };
  for (const line of all('header')) {
    const colon = line.indexOf(':');
    if (colon > 0) put(line.slice(0, colon).trim(), line.slice(colon + 1).trim());
  }
  for (const value of all('user-agent')) put('User-Agent', value);
  for (const value of all('referer')) put('Referer', value);
  for (const value of all('user')) secrets.push(userSecret(value));
  for (const value of all('oauth2-bearer')) put('Authorization', `Bearer ${value}`);
  if (has('cookie')) notes.push('Cookies were left out: they sign somebody in.');
  if (has('form') || has('form-string'))
    notes.push('Parts of a form (-F) were left out: the step sends no files.');
  if (has('upload-file')) notes.push('The file of -T was left out.');
  if (has('insecure') || has('k')) notes.push('Certificates are always checked: -k was left out.');
  if (has('proxy')) notes.push('The proxy was left out.');
  if (has('aws-sigv4') || has('cert'))
    notes.push('Signatures and certificates of clients are not supported.');

  const body = asQuery ? '' : data.text;
  const contentType = headers.some(({ name }) => name.toLowerCase() === 'content-type');
  if (body !== '' && !contentType) {
    const value = data.json ? 'application/json' : 'application/x-www-form-urlencoded';
    headers.push({ name: 'Content-Type', value });
  }
  const asked = all('request').at(-1)?.toUpperCase();
  const method = asked ?? (has('head') ? 'HEAD' : body !== '' ? 'POST' : 'GET');
  if (!methods.includes(method))
    return { ok: false, problem: `The method ${method.slice(0, 20)} is not supported.` };
  const seconds = Number(all('max-time').at(-1));
  const timeoutMs =
    seconds > 0 ? Math.min(300_000, Math.max(100, Math.round(seconds * 1_000))) : undefined;
  if (body !== '' && (method === 'GET' || method === 'HEAD'))
    notes.push(`A ${method} sends no body here: it was left out.`);
  const text = method === 'GET' || method === 'HEAD' ? '' : body;
  if (/\{\{/.test([url, text, ...headers.map(({ value }) => value)].join('\n'))) {
    notes.push('It holds {{ … }}, which is read as an expression here.');
  }
  return {
    ok: true,
    request: {
      method,
      url,
      query,
      headers,
      body: text,
      timeoutMs,
      secrets,
      notes: [...new Set(notes)],
    },
  };
}

function dataOf(given: Options['given'], notes: string[]): { text: string; json: boolean } {
  const parts: string[] = [];
  let json = false;
  for (const [name, value] of given) {
    if (name === 'json') json = true;
    if (
      ['data', 'data-binary', 'data-ascii', 'json', 'data-urlencode'].includes(name) &&
      value.startsWith('@')
    ) {
      notes.push(`The file ${value.slice(1, 80)} was left out.`);
    } else if (['data', 'data-raw', 'data-binary', 'data-ascii', 'json'].includes(name))
      parts.push(value);
    else if (name === 'data-urlencode' || name === 'url-query') parts.push(encodedPart(value));
  }
  return { text: parts.join(json ? '' : '&'), json };
}

/** `name=content` with the content encoded, as curl does. */
function encodedPart(value: string): string {
  const equals = value.indexOf('=');
  if (equals < 0) return encodeURIComponent(value);
  const name = value.slice(0, equals);
  return `${name === '' ? '' : `${name}=`}${encodeURIComponent(value.slice(equals + 1))}`;
}

/** The URL without its query, which becomes rows; what is secret in it is taken out. */
function splitUrl(
  written: string,
  more: string,
  secrets: CurlSecret[],
): { url: string; query: Pair[] } {
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(written) ? written : `https://${written}`;
  const [, base = '', search = ''] = /^([^?#]*)(?:\?([^#]*))?/.exec(full) ?? [];
  const [, scheme = '', user, rest = ''] =
    /^([a-z][a-z0-9+.-]*:\/\/)(?:([^/@]*)@)?(.*)$/is.exec(base) ?? [];
  if (user !== undefined) {
    secrets.push({ ...userSecret(decodedPart(user)), from: 'the user name in the URL' });
  }
  const query: Pair[] = [];
  for (const part of [search, more].join('&').split('&')) {
    if (part === '') continue;
    const [name = '', value = ''] = part.split(/=(.*)/s).map(decodedPart);
    if (isSecretName(name) && value !== '') {
      secrets.push({
        from: `the parameter ${name}`,
        kind: 'api_key',
        in: 'query',
        name,
        userName: '',
        secret: value,
      });
    } else query.push({ name, value });
  }
  return { url: `${scheme}${rest}`, query };
}

function decodedPart(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
