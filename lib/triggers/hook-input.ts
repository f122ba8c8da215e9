import type { WebhookConfig } from './schema';

/** A file that came with a request, as the workflow gets it; steps read it by its id. */
export type HookFile = { id: string; field: string; name: string; mediaType: string; size: number };

/** A webhook's request as data. */
export type HookRequest = {
  method: string;
  query: Record<string, string | string[]>;
  headers: Record<string, string>;
  body: unknown;
  files: HookFile[];
};

const harmless =
  /^(content-type|user-agent|webhook-(id|timestamp)|x-[a-z0-9-]*(event|topic|delivery|request-id))$/;

/** The few headers that a run gets beside the fields of a body: what tells of the delivery. */
export function harmlessHeaders(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => harmless.test(name)));
}

/** What proves who somebody is, and what the way of a request or our own gate wrote on it. */
const secret =
  /(^|-)(authorization|cookies?|signature(-256)?|hmac(-[a-z0-9]+)?|token|secret|password|api-?key|credentials?|auth|session|jwt)($|-)/;
const ofTheWay =
  /^(host|connection|keep-alive|te|trailer|transfer-encoding|upgrade|content-length|content-security-policy.*|x-nonce|x-ensemble-.*|x-forwarded-.*|forwarded|via|x-real-ip|x-middleware-.*|x-invoke-.*)$/;
const maxHeaders = 60;
const maxValue = 4_096;

/**
 * The headers that a run may see, by their names in lower case: never what proves who somebody is, nor the one that a
 * webhook looks at.
 */
export function openHeaders(
  headers: Iterable<[string, string]>,
  auth: WebhookConfig['auth'],
): Record<string, string> {
  const own = auth.kind === 'header' ? auth.name.toLowerCase() : undefined;
  return Object.fromEntries(
    [...headers]
      .map(([name, value]): [string, string] => [name.toLowerCase(), value.slice(0, maxValue)])
      .filter(([name]) => name !== own && !secret.test(name) && !ofTheWay.test(name))
      .slice(0, maxHeaders),
  );
}

/** The names of headers that {@link openHeaders} leaves out because they may prove who somebody is. */
export function secretHeaders(names: Iterable<string>, auth: WebhookConfig['auth']): string[] {
  const own = auth.kind === 'header' ? auth.name.toLowerCase() : undefined;
  return [...names]
    .map((name) => name.toLowerCase())
    .filter((name) => (name === own || secret.test(name)) && !ofTheWay.test(name))
    .slice(0, maxHeaders);
}

/** Names with their values; one that comes several times has a list. */
export function gathered(pairs: Iterable<[string, string]>): Record<string, string | string[]> {
  const all = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    const values = all.get(name);
    if (values) values.push(value);
    else all.set(name, [value]);
  }
  return Object.fromEntries(
    [...all].map(([name, [first = '', ...more]]) => [
      name,
      more.length === 0 ? first : [first, ...more],
    ]),
  );
}

/**
 * A run's input from a webhook. Where the start step declares inputs, each is the body's field of that name, and
 * `body`, `headers` and `query`, or `request`, are the whole of them where inputs are named so; other fields of the body
 * are left out. Without declared inputs it is the whole.
 */
export function hookInput(
  names: readonly string[],
  request: HookRequest,
  gives: WebhookConfig['gives'],
): Record<string, unknown> {
  const { body, headers, query } = request;
  const whole: Record<string, unknown> =
    gives === 'request' ? { request } : { body, headers: harmlessHeaders(headers), query };
  if (names.length === 0) return whole;
  const fields: Record<string, unknown> =
    typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body } : {};
  const places = gives === 'request' ? [whole, fields] : [fields, whole];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = places.find((one) => Object.hasOwn(one, name))?.[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
