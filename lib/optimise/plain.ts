import { parseReferences } from '@/lib/expressions/references';
import { portsOfNode } from '@/lib/nodes/node-type/ports';
import { textFields } from '@/lib/workflows/config-fields';
import { type Catalogue, typeNamed } from '@/lib/workflows/node-catalogue';
import type { Definition, WorkflowEdge, WorkflowNode } from '@/lib/workflows/schema';

/** Steps that give an output and do nothing else, whatever their settings are. */
const pure: ReadonlySet<string> = new Set([
  ...([
    'model',
    'transform',
    'date',
    'aggregate',
    'filter',
    'group',
    'join-lists',
    'limit',
  ] as const),
  ...([
    'parse-data',
    'set-fields',
    'sort',
    'split-out',
    'split-text',
    'unique',
    'write-data',
  ] as const),
]);

/**
 * Whether nothing but the output of a step depends on it: it is pure, goes on by one way, stands in no container, and nobody
 * set what becomes of its failures.
 */
export function isPlain(node: WorkflowNode, catalogue: Catalogue): boolean {
  const { type, group, disabled, policy, pinnedOutput } = node;
  const known = typeNamed(catalogue, type);
  return (
    known !== undefined &&
    pure.has(type) &&
    group === undefined &&
    disabled !== true &&
    policy?.onError === undefined &&
    pinnedOutput === undefined &&
    portsOfNode(known, node).length === 1
  );
}

/** Whether a step waits for all that leads to it: then one way more or less into it changes nothing. */
export function waitsForAll({ type }: WorkflowNode, catalogue: Catalogue): boolean {
  const known = typeNamed(catalogue, type);
  return known !== undefined && known.join === undefined && known.kind !== 'handler';
}

/** Keys of the steps that the settings of a step name. */
export function readsOf(node: WorkflowNode, catalogue: Catalogue): Set<string> {
  const type = typeNamed(catalogue, node.type);
  const fields = type === undefined ? [] : textFields(type, node.config);
  return new Set(
    fields.flatMap(({ text, kind }) => parseReferences(text, kind).map(({ key }) => key)),
  );
}

/** Whether settings name steps in a way that no reader of texts sees, such as all of them at once. */
export const readsUnseen = (node: WorkflowNode, catalogue: Catalogue): boolean => {
  const type = typeNamed(catalogue, node.type);
  if (type === undefined) return true;
  const fields = textFields(type, node.config);
  const seen = fields.filter(({ text, kind }) => parseReferences(text, kind).length > 0);
  return fields.some((field) => /\bsteps\b/.test(field.text) && !seen.includes(field));
};

export const edgesInto = ({ edges }: Definition, id: string) =>
  edges.filter(({ target }) => target === id);
export const edgesFrom = ({ edges }: Definition, id: string) =>
  edges.filter(({ source }) => source === id);

/** Edges with more of them, each connection once. */
export function joined(
  edges: readonly WorkflowEdge[],
  more: readonly Omit<WorkflowEdge, 'id'>[],
): WorkflowEdge[] {
  const all = [...edges];
  const name = ({ source, sourcePort, target, targetPort }: Omit<WorkflowEdge, 'id'>) =>
    JSON.stringify([source, sourcePort, target, targetPort]);
  const there = new Set(all.map(name));
  const ids = new Set(all.map(({ id }) => id));
  for (const edge of more) {
    if (there.has(name(edge))) continue;
    there.add(name(edge));
    let count = 1;
    while (ids.has(`wire-${count}`)) count += 1;
    ids.add(`wire-${count}`);
    all.push({ ...edge, id: `wire-${count}` });
  }
  return all;
}
