import { z } from 'zod';

// Zod declares the parts of a schema as types of its core, which know neither `meta` nor `safeParse`; what is made with
// `zod` itself has both. These are the only places that rely on it.

/** The fields of an object schema by name. */
export function shapeOf(schema: z.ZodObject): Readonly<Record<string, z.ZodType>> {
  return schema.shape as Record<string, z.ZodType>;
}

/** The schema of a list's items. */
export function elementOf(schema: z.ZodArray): z.ZodType {
  return schema.element as z.ZodType;
}

/** The forms that a union takes. */
export function optionsOf(schema: z.ZodUnion): z.ZodType[] {
  return schema.options.filter((option) => option instanceof z.ZodType);
}

/** The schema below a default, optional or nullable one. */
export function innerOf(schema: z.ZodDefault | z.ZodOptional | z.ZodNullable): z.ZodType {
  return schema.unwrap() as z.ZodType;
}
