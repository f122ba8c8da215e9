import { z } from 'zod';
import { sharedTextWidgets } from '@/lib/nodes/node-type/define-node';
import { elementOf, shapeOf as fieldsOf } from '@/lib/values/zod-parts';

/** How one field of a node's config lives in the shared document. */
export type FieldShape =
  /** A `Y.Text`. An empty one reads as absent where the schema allows that. */
  | { kind: 'text'; widget: string; optional: boolean; initial: string }
  /** A `Y.Array` of `Y.Map`, one per item. An empty one reads as absent where the schema allows that. */
  | { kind: 'rows'; fields: FieldShapes; optional: boolean }
  /** JSON, replaced as a whole. `merge` names how two that were set at once are merged, see `merge/catalogue`. */
  | { kind: 'plain'; merge?: string };
export type FieldShapes = Readonly<Record<string, FieldShape>>;

/** The node types by their names: all that a draft needs to know of them. `catalogue` of `lib/nodes/catalogue` fits. */
export type DraftCatalogue = Readonly<
  Record<
    string,
    | { readonly config: z.ZodObject; readonly title?: string; readonly contains?: unknown }
    | undefined
  >
>;

/** Whether steps can stand inside those of a type. */
export const containsSteps = (catalogue: DraftCatalogue, type: unknown): boolean =>
  typeof type === 'string' &&
  Object.hasOwn(catalogue, type) &&
  catalogue[type]?.contains !== undefined;

const known = new WeakMap<z.ZodObject, FieldShapes>();
const plain: FieldShape = { kind: 'plain' };

/** Shapes of a node type's fields; none for an unknown type, whose config is then plain JSON. */
export function shapesOf(catalogue: DraftCatalogue, type: string): FieldShapes {
  const config = Object.hasOwn(catalogue, type) ? catalogue[type]?.config : undefined;
  if (!config) return {};
  let shapes = known.get(config);
  if (!shapes) {
    shapes = shapesOfObject(config);
    known.set(config, shapes);
  }
  return shapes;
}

/** The shape at a path such as `['cases', 0, 'when']`; array items are named by index or by their id. */
export function shapeAt(shapes: FieldShapes, path: readonly (string | number)[]): FieldShape {
  const [field, , ...rest] = path;
  const shape = Object.hasOwn(shapes, String(field)) ? shapes[String(field)] : undefined;
  if (!shape || path.length === 1) return shape ?? plain;
  return shape.kind === 'rows' && rest.length > 0 ? shapeAt(shape.fields, rest) : plain;
}

function shapesOfObject(object: z.ZodObject): FieldShapes {
  return Object.fromEntries(
    Object.entries(fieldsOf(object)).map(([name, schema]) => [name, shapeOf(schema)]),
  );
}

function shapeOf(schema: z.ZodType): FieldShape {
  const { base, widget, merge } = unwrap(schema);
  if (base instanceof z.ZodArray) {
    const item = unwrap(elementOf(base)).base;
    if (item instanceof z.ZodObject) {
      const absent = schema.safeParse(undefined);
      const optional = absent.success && absent.data === undefined;
      return { kind: 'rows', fields: shapesOfObject(item), optional };
    }
  }
  const shared = merge === 'text' || (widget !== undefined && sharedTextWidgets.includes(widget));
  if (!(base instanceof z.ZodString && shared)) return merge ? { kind: 'plain', merge } : plain;
  const absent = schema.safeParse(undefined);
  const initial = absent.success && typeof absent.data === 'string' ? absent.data : '';
  const optional = absent.success && absent.data === undefined;
  return { kind: 'text', widget: widget ?? 'text', optional, initial };
}

/** The type below optional, default and the like, and the outermost widget and merge strategy on the way. */
function unwrap(schema: z.ZodType) {
  let base = schema;
  let widget: string | undefined;
  let merge: string | undefined;
  for (;;) {
    const meta = z.globalRegistry.get(base);
    if (widget === undefined && typeof meta?.widget === 'string') widget = meta.widget;
    if (merge === undefined && typeof meta?.merge === 'string') merge = meta.merge;
    const def = base.def as { innerType?: z.ZodType; in?: z.ZodType };
    const inner = def.innerType ?? def.in;
    if (!inner) return { base, widget, merge };
    base = inner;
  }
}
