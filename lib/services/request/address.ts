import { isRecord } from '@/lib/values/unknown';
import type { Operation, ServiceField } from '../schema';
import { nameOf, ServiceValueError, written } from './convert';

export type Given = { field: ServiceField; value: unknown };

const encode = (text: string) => encodeURIComponent(text.toWellFormed());

/** The address of a request. No value can leave its place: not the path by `..`, nor the host, nor its parameter. */
export function addressOf(
  operation: Operation,
  serverUrl: string,
  given: readonly Given[],
): string {
  const server = operation.server ?? serverUrl;
  const base = filled(server, given, 'server', (field, value) => {
    const text = written(value).trim().toLowerCase();
    if (/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(text)) return text;
    throw new ServiceValueError(`"${nameOf(field)}" may hold letters, digits and "-" only.`);
  });
  const path = filled(operation.path, given, 'path', (field, value) => {
    const text = Array.isArray(value) ? value.map(written).join(',') : written(value);
    const segments = field.style === 'slashes' ? text.split('/') : [text];
    if (segments.some((segment) => /^\.{1,2}$/.test(segment)) || text === '') {
      throw new ServiceValueError(`"${nameOf(field)}" cannot be "${text.slice(0, 60)}" here.`);
    }
    return segments.map(encode).join('/');
  });
  const query = given.filter(({ field }) => field.in === 'query').flatMap(pairsOf);
  const parameters = query.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
  const joint = path.includes('?') ? '&' : '?';
  return `${base}${path}${parameters === '' ? '' : `${joint}${parameters}`}`;
}

function filled(
  template: string,
  given: readonly Given[],
  place: ServiceField['in'],
  put: (field: ServiceField, value: unknown) => string,
): string {
  return template.replace(/\{([^{}]{1,200})\}/g, (whole, name: string) => {
    const found = given.find(({ field }) => field.in === place && field.name === name);
    // What a connection fills in stays as it is.
    return found === undefined ? whole : put(found.field, found.value);
  });
}

/** A parameter with its name, once or several times. */
export function pairsOf({ field, value }: Given): [name: string, value: string][] {
  const { name, style } = field;
  if (Array.isArray(value)) {
    const items = value.map(written);
    switch (style) {
      case 'comma':
        return [[name, items.join(',')]];
      case 'space':
        return [[name, items.join(' ')]];
      case 'pipe':
        return [[name, items.join('|')]];
      case 'brackets':
      case 'deep':
        return value.flatMap((item, index) =>
          nested(`${name}[${isRecord(item) ? index : ''}]`, item),
        );
      default:
        return items.map((item) => [name, item]);
    }
  }
  if (isRecord(value) && style === 'deep') return nested(name, value);
  return [[name, written(value)]];
}

function nested(name: string, value: unknown): [string, string][] {
  if (!isRecord(value)) return [[name, written(value)]];
  return Object.entries(value).flatMap(([key, inner]) =>
    Array.isArray(inner)
      ? inner.flatMap((item, index) => nested(`${name}[${key}][${index}]`, item))
      : nested(`${name}[${key}]`, inner),
  );
}
