import { z } from 'zod';
import type { TextKind } from '@/lib/expressions/references';
import type { NodeType } from '@/lib/nodes/node-type/define-node';
import { isRecord } from '@/lib/values/unknown';
import { elementOf, innerOf, shapeOf } from '@/lib/values/zod-parts';

export type FieldPath = (string | number)[];
/** A value in a node's config, with what its schema says about it. */
export type ConfigField = {
  path: FieldPath;
  value: unknown;
  widget?: string;
  names: string[];
  /** Kinds of connections that will do. */
  kinds?: string[];
  /** Whose column it names. */
  columns?: string;
};

const kinds: Record<string, TextKind> = {
  prompt: 'template',
  template: 'template',
  file: 'template',
  expression: 'expression',
  code: 'code',
};

/** How a field's text is read, or undefined when it holds no references. */
export function textKindOf(widget: string | undefined): TextKind | undefined {
  return widget === undefined ? undefined : kinds[widget];
}

/** Every leaf field of a config, rows included, in the order of the schema. The config may be unfinished. */
export function configFields(type: NodeType, config: Record<string, unknown>): ConfigField[] {
  const found: ConfigField[] = [];
  walk(type.config, config, [], found);
  return found;
}

/** The fields of a config that hold a template or an expression. */
export function textFields(
  type: NodeType,
  config: Record<string, unknown>,
): { path: FieldPath; text: string; kind: TextKind; names: string[] }[] {
  return configFields(type, config).flatMap(({ path, value, widget, names }) => {
    const kind = textKindOf(widget);
    return kind && typeof value === 'string' ? [{ path, text: value, kind, names }] : [];
  });
}

function walk(schema: z.ZodType, value: unknown, path: FieldPath, found: ConfigField[]): void {
  const { inner, meta } = unwrap(schema);
  if (inner instanceof z.ZodObject && isRecord(value)) {
    for (const [name, field] of Object.entries(shapeOf(inner))) {
      walk(field, value[name], [...path, name], found);
    }
  } else if (inner instanceof z.ZodArray && Array.isArray(value)) {
    for (const [index, item] of value.entries())
      walk(elementOf(inner), item, [...path, index], found);
  } else {
    const names = Array.isArray(meta.names) ? meta.names.map(String) : [];
    found.push({
      path,
      value,
      widget: typeof meta.widget === 'string' ? meta.widget : undefined,
      names,
      ...(Array.isArray(meta.kinds) ? { kinds: meta.kinds.map(String) } : {}),
      ...(typeof meta.columns === 'string' ? { columns: meta.columns } : {}),
    });
  }
}

/** A schema without its default and optional wrappers, and the meta of the outermost that has one. */
export function unwrap(schema: z.ZodType): { inner: z.ZodType; meta: Record<string, unknown> } {
  let inner = schema;
  let meta = inner.meta();
  while (
    inner instanceof z.ZodDefault ||
    inner instanceof z.ZodOptional ||
    inner instanceof z.ZodNullable
  ) {
    inner = innerOf(inner);
    meta ??= inner.meta();
  }
  return { inner, meta: meta ?? {} };
}

/** Title of the field at a path, as its form shows it; the last name of the path when it has none. */
export function titleAt(
  type: { readonly config: z.ZodObject; readonly title?: string },
  path: FieldPath,
): string {
  let schema: z.ZodType | undefined = type.config;
  for (const part of path) {
    const inner: z.ZodType | undefined = schema && unwrap(schema).inner;
    if (inner instanceof z.ZodObject) schema = shapeOf(inner)[String(part)];
    else if (inner instanceof z.ZodArray) schema = elementOf(inner);
    else schema = undefined;
  }
  const title = schema && unwrap(schema).meta.title;
  const name = path.findLast((part) => typeof part === 'string');
  return typeof title === 'string' && path.length > 0
    ? title
    : String(name ?? type.title ?? 'This');
}
