import { readJson } from '@/lib/api/json/read-json';
import { type Shape, shapeOf } from '@/lib/expressions/shapes/shapes';
import { isRecord } from '@/lib/values/unknown';
import type { WorkflowNode } from '../schema';

/** Steps whose output always has the same fields, and which. */
const fixed: Readonly<Record<string, readonly string[]>> = {
  model: ['text', 'value', 'model', 'rehearsed'],
};

/** What a step's output has by its settings; undefined where these do not say it. */
function bySettings({ type, config }: WorkflowNode): Shape | undefined {
  if (type === 'transform' && Array.isArray(config.fields) && config.fields.length > 0) {
    const rows: unknown[] = config.fields;
    const names = rows.filter(isRecord).map(({ name }) => String(name ?? ''));
    return objectOf(names.map((name) => [name, undefined]));
  }
  const fields = Object.hasOwn(fixed, type) ? fixed[type] : undefined;
  if (fields === undefined) return undefined;
  const answer = shapeOfSchema(schemaIn(config.outputSchema));
  return objectOf(fields.map((name) => [name, name === 'value' ? answer : undefined]));
}

const objectOf = (fields: (readonly [string, Shape | undefined])[]): Shape => ({
  kind: 'object',
  fields: Object.fromEntries(fields),
});

function schemaIn(text: unknown): unknown {
  if (typeof text !== 'string' || text.trim() === '') return undefined;
  const read = readJson(text, 0);
  return read.ok ? read.value : undefined;
}

/** The form that a JSON schema gives, as far as it names fields and allows no others. */
function shapeOfSchema(schema: unknown, depth = 6): Shape | undefined {
  if (!isRecord(schema) || depth === 0) return undefined;
  if (schema.type === 'array') {
    return { kind: 'list', items: shapeOfSchema(schema.items, depth - 1) };
  }
  if (!isRecord(schema.properties)) return undefined;
  return objectOf(
    Object.entries(schema.properties).map(([name, inner]) => [
      name,
      shapeOfSchema(inner, depth - 1),
    ]),
  );
}

/**
 * What is known of a step's output: by its settings, which count most, else of its last run, else of what is pinned.
 * `sure` says whether it always is so.
 */
export function outputShape(
  node: WorkflowNode,
  seen: Readonly<Record<string, Shape>>,
): { shape: Shape; sure: boolean } | undefined {
  const set = bySettings(node);
  const learned = seen[node.id] ?? shapeOf(node.pinnedOutput);
  if (set?.kind === 'object') {
    // The settings say which fields there are, a run what is in them.
    const inner = learned?.kind === 'object' ? learned.fields : {};
    const fields = Object.keys(set.fields).map(
      (name) => [name, set.fields[name] ?? inner[name]] as const,
    );
    return { shape: objectOf(fields), sure: true };
  }
  return learned && { shape: learned, sure: false };
}
