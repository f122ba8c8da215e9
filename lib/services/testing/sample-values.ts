import type { Operation, ServiceField } from '../schema';

/** A value for each field of an operation, as somebody might enter it. */
export function sampleValues({ fields }: Operation): Map<string, string> {
  return new Map(fields.map((field) => [field.key, sampleOf(field)]));
}

function sampleOf({ in: place, type, items = 'text', options, key }: ServiceField): string {
  const option = options?.at(-1);
  if (option !== undefined) return option;
  if (place === 'server') return 'acme';
  switch (type) {
    case 'integer':
      return '7';
    case 'number':
      return '1.5';
    case 'boolean':
      return 'true';
    case 'object':
      return '{"k":"v"}';
    case 'list':
      return items === 'object' ? '[{"k":"v"}]' : items === 'list' ? '[["a",1]]' : 'a, b';
    default:
      return `a ${key}/é`;
  }
}
