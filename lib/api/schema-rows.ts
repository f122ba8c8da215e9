/** JSON schema as far as the documentation reads it. */
export type JsonSchema = {
  type?: string | string[];
  format?: string;
  description?: string;
  /** Of a setting of a step, where its form shows no sentence. */
  help?: string;
  title?: string;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  additionalProperties?: boolean | JsonSchema;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  maxItems?: number;
  $ref?: string;
};

/** One field in a table: its path, e.g. `items[].id`, what it may be, and what is to be known about it. */
export type SchemaRow = { path: string; type: string; required: boolean; notes: string[] };

const deepest = 4;

/**
 * The fields of a schema as rows, depth first, in the order of the schema. Lists show their items as `name[]`.
 * Below four levels a field stands for what is in it.
 */
export function schemaRows(schema: JsonSchema, path = '', depth = 0): SchemaRow[] {
  const inner = withoutNull(schema);
  if (inner.items && depth <= deepest) {
    return schemaRows(inner.items, `${path}[]`, depth);
  }
  const required = new Set(inner.required ?? []);
  return Object.entries(inner.properties ?? {}).flatMap(([name, field]) => {
    const at = path === '' ? name : `${path}.${name}`;
    const row = {
      path: at,
      type: typeOf(field),
      required: required.has(name),
      notes: notesOf(field),
    };
    return depth >= deepest ? [row] : [row, ...schemaRows(field, at, depth + 1)];
  });
}

/** What a value may be, in a few words: `text`, `number or null`, `"json" or "yaml"`, `list of object`. */
export function typeOf(schema: JsonSchema): string {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return [...new Set(choices.map(typeOf))].join(' or ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' or ');
  if (schema.$ref) return 'any JSON';
  if (Array.isArray(schema.type)) return schema.type.map(nameOf).join(' or ');
  if (schema.type === 'array') return `list of ${typeOf(schema.items ?? {})}`;
  if (schema.type === 'string') return formats[schema.format ?? ''] ?? 'text';
  return schema.type ? nameOf(schema.type) : 'any JSON';
}

const formats: Record<string, string> = {
  uuid: 'UUID',
  'date-time': 'time (ISO 8601)',
  email: 'email',
  uri: 'URL',
};

function nameOf(type: string): string {
  const names: Record<string, string> = {
    string: 'text',
    integer: 'whole number',
    boolean: 'true or false',
  };
  return names[type] ?? type;
}

function notesOf(schema: JsonSchema): string[] {
  const inner = withoutNull(schema);
  const notes = [schema.description ?? inner.description ?? schema.help ?? inner.help];
  if (schema.default !== undefined) notes.push(`Default ${JSON.stringify(schema.default)}.`);
  notes.push(range(inner.minimum, inner.maximum, ''));
  notes.push(range(inner.minLength, inner.maxLength, ' characters'));
  notes.push(range(undefined, inner.maxItems, ' entries'));
  return notes.filter((note): note is string => note !== undefined && note !== '');
}

/** Limits that all whole numbers have are no news. */
function range(
  least: number | undefined,
  most: number | undefined,
  unit: string,
): string | undefined {
  const from = least === Number.MIN_SAFE_INTEGER ? undefined : least;
  const to = most === Number.MAX_SAFE_INTEGER ? undefined : most;
  if (from === undefined && to === undefined) return undefined;
  if (from === undefined) return `At most ${to}${unit}.`;
  if (to === undefined) return `At least ${from}${unit}.`;
  return `From ${from} to ${to}${unit}.`;
}

/** `T or null` reads as `T` where fields are listed. */
function withoutNull(schema: JsonSchema): JsonSchema {
  const choices = (schema.anyOf ?? schema.oneOf)?.filter((choice) => choice.type !== 'null');
  return choices?.length === 1 && choices[0] ? choices[0] : schema;
}
