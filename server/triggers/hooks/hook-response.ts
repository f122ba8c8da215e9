import { isRecord } from '@/lib/values/unknown';
import { hookPolicy } from '@/server/front/content-policy';

/** What a page could do in a reader's browser is taken from it: no script, no form, no frame, no place of ours. */
const harmless = {
  'Content-Security-Policy': hookPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
} as const;

const types =
  /^(application\/(json|xml|x-ndjson|[a-z0-9.+-]+\+(json|xml))|text\/(plain|csv|xml|html|markdown))(\s*;\s*charset=utf-8)?$/i;
const names = /^(content-language|cache-control|retry-after|etag|last-modified|x-[a-z0-9-]{1,60})$/;
/** Headers that browsers and proxies obey. */
const obeyed =
  /^x-(accel-.*|sendfile|content-type-options|frame-options|xss-protection|ensemble-.*)$/;
const maxHeaders = 20;

/**
 * A run's output as the response itself: `{ status, headers, body }`, each of which may be left out; any other value is the
 * body. Text is sent as it is, all else as JSON. Headers that are not harmless, and types that are none of text, are left
 * out.
 */
export function hookResponse(output: unknown): Response {
  const given = isResponse(output) ? output : { body: output };
  const { status, body = null } = given;
  const isText = typeof body === 'string';
  const headers = new Headers({ 'Cache-Control': 'no-store' });
  headers.set('Content-Type', isText ? 'text/plain; charset=utf-8' : 'application/json');
  const entries = Object.entries(isRecord(given.headers) ? given.headers : {});
  for (const [key, value] of entries.slice(0, maxHeaders)) setHeader(headers, key, value);
  for (const [key, value] of Object.entries(harmless)) headers.set(key, value);
  const code = typeof status === 'number' && isStatus(status) ? status : 200;
  const bodiless = code === 204 || code === 304;
  const text = isText ? body : JSON.stringify(body);
  return new Response(bodiless ? null : text, { status: code, headers });
}

function isResponse(output: unknown): output is Record<string, unknown> {
  if (!isRecord(output)) return false;
  const keys = Object.keys(output);
  return keys.length > 0 && keys.every((key) => ['status', 'headers', 'body'].includes(key));
}

/** No redirect: the address of this server must not lead elsewhere. */
const isStatus = (status: number) =>
  Number.isInteger(status) && status >= 200 && status <= 599 && (status < 300 || status > 399);

function setHeader(headers: Headers, key: string, value: unknown): void {
  const name = key.toLowerCase();
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || !/^[\x20-\x7e]{0,1000}$/.test(text)) return;
  if (name === 'content-type') {
    if (types.test(text)) headers.set('Content-Type', utf8(text));
    return;
  }
  if (names.test(name) && !obeyed.test(name)) headers.set(name, text);
}

const utf8 = (type: string) => (/charset/i.test(type) ? type : `${type}; charset=utf-8`);
