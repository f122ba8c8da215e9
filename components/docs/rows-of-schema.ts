import { z } from 'zod';
import { type JsonSchema, type SchemaRow, schemaRows } from '@/lib/api/schema-rows';

/** Rows of a zod schema as a caller writes it (`input`) or reads it (`output`). */
export function rowsOfSchema(schema: z.ZodType, io: 'input' | 'output'): SchemaRow[] {
  if (schema instanceof z.ZodUndefined || schema instanceof z.ZodUnknown) return [];
  const json = z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' });
  return schemaRows(json as JsonSchema);
}
