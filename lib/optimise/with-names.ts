import { renameReferences } from '@/lib/expressions/references';
import { type FieldPath, textFields } from '@/lib/workflows/config-fields';
import type { Json } from '@/lib/workflows/draft/draft-value';
import { type Catalogue, typeNamed } from '@/lib/workflows/node-catalogue';
import type { WorkflowNode } from '@/lib/workflows/schema';

/** A step whose settings name other steps by other keys. */
export function withNames(
  node: WorkflowNode,
  nameFor: (key: string) => string | undefined,
  catalogue: Catalogue,
): WorkflowNode {
  const type = typeNamed(catalogue, node.type);
  if (type === undefined) return node;
  let { config } = node;
  for (const { path, text, kind } of textFields(type, node.config)) {
    const next = renameReferences(text, nameFor, kind);
    if (next !== text) config = put(config, path, next);
  }
  return config === node.config ? node : { ...node, config };
}

/** The settings with another text at a path. */
function put(
  config: WorkflowNode['config'],
  path: FieldPath,
  text: string,
): WorkflowNode['config'] {
  const at = (value: Json | undefined, [first, ...rest]: FieldPath): Json => {
    if (first === undefined) return text;
    if (Array.isArray(value))
      return value.map((item, index) => (index === first ? at(item, rest) : item));
    if (typeof value !== 'object' || value === null) return value ?? null;
    return { ...value, [first]: at(value[first], rest) };
  };
  const [first, ...rest] = path;
  return first === undefined ? config : { ...config, [first]: at(config[first], rest) };
}
