import type { Operation, ServiceField } from '../schema';
import { addressOf, type Given } from './address';
import { bodyOf } from './body';
import { convert, nameOf, ServiceValueError, written } from './convert';

export type ServiceRequest = {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string;
};

type Texts = {
  /** Texts as they were entered and filled, by the key of their field; empty ones count as not given. */
  values: ReadonlyMap<string, string>;
  /** A body as JSON in place of the fields. */
  body?: string;
  boundary: string;
};

/**
 * The request of an operation. Throws {@link ServiceValueError} for a value that does not fit its field, and for what must be
 * given and is not.
 */
export function buildRequest(
  operation: Operation,
  serverUrl: string,
  { values, body: whole = '', boundary }: Texts,
): ServiceRequest {
  const unknown = [...values.keys()].find(
    (key) => !operation.fields.some((field) => field.key === key),
  );
  if (unknown !== undefined && values.get(unknown) !== '') {
    throw new ServiceValueError(`"${operation.title}" has no parameter "${unknown}". Remove it.`);
  }
  const replaced = whole.trim() !== '' && operation.body !== undefined;
  const given = operation.fields.flatMap((field): Given[] => {
    const text = values.get(field.key) ?? '';
    if (replaced && field.in === 'body') return [];
    if (text !== '') return [{ field, value: checked(field, convert(field, text)) }];
    if (field.required) throw new ServiceValueError(`Enter "${nameOf(field)}".`);
    return [];
  });
  const body = replaced
    ? { body: whole, contentType: operation.body?.mediaType ?? 'application/json' }
    : bodyOf(operation, given, boundary);
  const headers: Record<string, string> = { accept: 'application/json', ...operation.headers };
  for (const { field, value } of given) {
    if (field.in === 'header') headers[field.name.toLowerCase()] = headerText(field, value);
  }
  if (body !== undefined) headers['content-type'] = body.contentType;
  return {
    method: operation.method,
    url: addressOf(operation, serverUrl, given),
    headers,
    ...(body === undefined ? {} : { body: body.body }),
  };
}

function checked(field: ServiceField, value: unknown): unknown {
  const { options } = field;
  if (options === undefined || Array.isArray(value) || options.includes(String(value)))
    return value;
  throw new ServiceValueError(
    `"${nameOf(field)}" cannot be "${written(value).slice(0, 60)}". Choose ${options.slice(0, 12).join(', ')}.`,
  );
}

function headerText(field: ServiceField, value: unknown): string {
  const text = Array.isArray(value) ? value.map(written).join(',') : written(value);
  if (/[\r\n\0]/.test(text))
    throw new ServiceValueError(`"${nameOf(field)}" may not have line breaks.`);
  return text;
}
