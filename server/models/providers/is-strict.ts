import { isRecord, textsIn } from '@/lib/values/unknown';

/** Whether OpenAI's strict mode takes a schema: closed objects all of whose properties are required. */
export function isStrict(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.every(isStrict);
  if (!isRecord(schema)) return true;
  if ('oneOf' in schema || 'allOf' in schema || 'default' in schema) return false;
  if (schema.type === 'object' || 'properties' in schema) {
    const names = isRecord(schema.properties) ? Object.keys(schema.properties) : [];
    const required = new Set(textsIn(schema.required));
    if (schema.additionalProperties !== false || names.some((name) => !required.has(name)))
      return false;
  }
  return Object.values(schema).every(isStrict);
}
