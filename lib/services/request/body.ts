import { isRecord } from '@/lib/values/unknown';
import type { Operation } from '../schema';
import { type Given, pairsOf } from './address';
import { ServiceValueError, written } from './convert';
import { base64Of, mailOf } from './mail';

export type Body = { body: string; contentType: string };

/** The body of a request; undefined where nothing is to be sent. `boundary` must stand in no value. */
export function bodyOf(
  operation: Operation,
  given: readonly Given[],
  boundary: string,
): Body | undefined {
  const { body } = operation;
  const fields = given.filter(({ field }) => field.in === 'body');
  if (body === undefined) return undefined;
  switch (body.kind) {
    case 'json': {
      const value = { ...body.fixed, ...objectOf(fields) };
      const whole = fields.find(({ field }) => field.at?.length === 0);
      if (whole)
        return {
          body: JSON.stringify(whole.value),
          contentType: body.mediaType ?? 'application/json',
        };
      if (Object.keys(value).length === 0 && !body.required) return undefined;
      return { body: JSON.stringify(value), contentType: body.mediaType ?? 'application/json' };
    }
    case 'graphql':
      return {
        body: JSON.stringify({
          query: body.query,
          variables: { ...body.fixed, ...objectOf(fields) },
        }),
        contentType: 'application/json',
      };
    case 'mail': {
      const sent = Object.fromEntries(fields.map(({ field, value }) => [field.key, value]));
      const { threadId, ...message } = sent;
      const target = {};
      put(target, body.at ?? ['raw'], base64Of(mailOf(message), true));
      if (threadId !== undefined)
        put(target, [...(body.at ?? ['raw']).slice(0, -1), 'threadId'], threadId);
      return { body: JSON.stringify(target), contentType: 'application/json' };
    }
    case 'form': {
      const pairs = fields.flatMap(({ field, value }) =>
        pairsOf({
          field: { ...field, style: field.style ?? (isRecord(value) ? 'deep' : 'repeat') },
          value,
        }),
      );
      const fixed = Object.entries(body.fixed ?? {}).map(([name, value]) => [name, written(value)]);
      const all = [...fixed, ...pairs];
      if (all.length === 0 && !body.required) return undefined;
      return {
        body: new URLSearchParams(all).toString(),
        contentType: 'application/x-www-form-urlencoded',
      };
    }
    case 'multipart':
      return multipart(fields, boundary);
    case 'text': {
      const [only] = fields;
      if (only === undefined) return undefined;
      return { body: written(only.value), contentType: body.mediaType ?? 'text/plain' };
    }
  }
}

function objectOf(given: readonly Given[]): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const { field, value } of given) put(object, field.at ?? [field.name], value);
  return object;
}

function put(object: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [first = '', ...rest] = path;
  if (['__proto__', 'constructor', 'prototype'].includes(first)) return;
  if (rest.length === 0) {
    object[first] = value;
    return;
  }
  const below = object[first];
  const inner: Record<string, unknown> = isRecord(below) ? below : {};
  object[first] = inner;
  put(inner, rest, value);
}

function multipart(given: readonly Given[], boundary: string): Body | undefined {
  const pairs = given.flatMap(pairsOf);
  if (pairs.length === 0) return undefined;
  const parts = pairs.map(([name, value]) => {
    if (value.includes(boundary))
      throw new ServiceValueError(`"${name}" cannot be sent in this form.`);
    const safe = name.replace(/["\r\n]/g, (char) => encodeURIComponent(char));
    return `--${boundary}\r\nContent-Disposition: form-data; name="${safe}"\r\n\r\n${value}\r\n`;
  });
  return {
    body: `${parts.join('')}--${boundary}--\r\n`,
    contentType: `multipart/form-data; boundary=${boundary}`,
  };
}
