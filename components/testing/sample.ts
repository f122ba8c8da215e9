import { z } from 'zod';

/** An id for tests: the same number, the same id. */
export const idOf = (number: number): string =>
  `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** The moment at which samples were made. */
export const sampleMoment = '2026-03-02T09:00:00.000Z';

/**
 * The least that a schema takes: what is optional is absent, lists are empty, of several forms the first. A test says
 * only what it is about, and a field that the schema gains or loses needs no change in tests.
 */
export function sampleOf<Schema extends z.ZodType>(
  schema: Schema,
  given: Partial<z.input<Schema>> | undefined = undefined,
): z.output<Schema> {
  const drawn = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const least = leastOf(drawn, drawn.$defs ?? {});
  return schema.parse(isRecord(least) ? { ...least, ...given } : (given ?? least));
}

type Drawn = z.core.JSONSchema.JSONSchema;
type Shared = Record<string, Drawn>;

function leastOf(schema: Drawn, shared: Shared): unknown {
  if (schema.$ref !== undefined) {
    const found = shared[schema.$ref.replace('#/$defs/', '')];
    return found === undefined ? {} : leastOf(found, shared);
  }
  if (schema.default !== undefined) return schema.default;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const forms = schema.anyOf ?? schema.oneOf;
  if (forms !== undefined) return leastOfForms(forms, shared);
  if (schema.allOf !== undefined) {
    const parts = schema.allOf.map((part) => leastOf(asSchema(part), shared));
    return Object.assign({}, ...parts.filter(isRecord));
  }
  return leastOfType(schema, shared);
}

/** `null` where that is one of the forms: nothing is less. */
function leastOfForms(forms: readonly (Drawn | boolean)[], shared: Shared): unknown {
  const schemas = forms.map(asSchema);
  if (schemas.some(({ type }) => type === 'null')) return null;
  return leastOf(schemas[0] ?? {}, shared);
}

function leastOfType(schema: Drawn, shared: Shared): unknown {
  switch (schema.type) {
    case 'object': {
      const parts = Object.entries(schema.properties ?? {}).filter(([name]) =>
        schema.required?.includes(name),
      );
      return Object.fromEntries(
        parts.map(([name, part]) => [name, leastOf(asSchema(part), shared)]),
      );
    }
    case 'array':
      return [];
    case 'string':
      return textOf(schema);
    case 'number':
    case 'integer':
      return Math.max(schema.minimum ?? 0, 0);
    case 'boolean':
      return false;
    default:
      return null;
  }
}

function textOf({ format, minLength = 0 }: Drawn): string {
  if (format === 'uuid') return idOf(0);
  if (format === 'date-time') return sampleMoment;
  if (format === 'email') return 'ada@example.com';
  if (format === 'uri') return 'https://example.com';
  return 'x'.repeat(Math.max(minLength, 1));
}

const asSchema = (schema: Drawn | boolean): Drawn => (typeof schema === 'boolean' ? {} : schema);
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
