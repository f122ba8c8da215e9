import * as Y from 'yjs';
import { keyFromName } from '@/lib/names/element-keys';
import { type Draft, draftParts, inOrder, readEdge } from '../draft/draft';
import { containsSteps, type DraftCatalogue } from '../draft/draft-shape';
import { findCycle } from '../graph';
import { nodeKeySchema, type WorkflowEdge } from '../schema';
import { nameResolver, referenceRepairsIn } from './repair-references';

/**
 * What makes a draft keep the rules of its graph again. Edges are removed, starts disabled, keys and groups changed,
 * references given the names that their steps have now.
 */
export type Repair =
  | { kind: 'circle' | 'dangling' | 'double'; edge: WorkflowEdge }
  | { kind: 'start'; nodeId: string }
  | { kind: 'key'; nodeId: string; from: string; to: string }
  | { kind: 'group' | 'references'; nodeId: string };

type Step = { id: string; map: Y.Map<unknown>; key: string };
/** Node types by name, as far as repairing needs them: what accepts nothing starts a workflow. */
export type RepairCatalogue = DraftCatalogue & {
  readonly [type: string]: { readonly accepts?: unknown; readonly kind?: unknown } | undefined;
};

/**
 * What edits that met left behind: circles, connections without an end or twice, a second start, doubled keys, groups
 * that are gone, and where `renamed` says so references by names that steps had before. Depends on the document alone, so that whoever repairs it does the same.
 */
export function findRepairs(doc: Y.Doc, catalogue: RepairCatalogue, renamed = true): Repair[] {
  const parts = draftParts(doc);
  const steps = inOrder(parts.nodes).flatMap(([id, value]) => stepOf(id, value) ?? []);
  const edges = inOrder(parts.edges).flatMap(([id, value]) => readEdge(id, value) ?? []);
  return [
    ...edgeRepairs(steps, edges),
    ...startRepairs(steps, catalogue),
    ...keyRepairs(steps),
    ...steps.flatMap(({ id, map }): Repair[] => {
      const group = map.get('group');
      if (typeof group !== 'string' || parts.groups.get(group) instanceof Y.Map) return [];
      const around = parts.nodes.get(group);
      const inside = around instanceof Y.Map && containsSteps(catalogue, around.get('type'));
      return inside ? [] : [{ kind: 'group', nodeId: id }];
    }),
    ...(renamed ? referenceRepairs(doc, steps, catalogue) : []),
  ];
}

/** Repairs a draft in one transaction, and tells how; none, and no change, where nothing is broken. See `findRepairs`. */
export function repairDraft(
  draft: Draft & { catalogue: RepairCatalogue },
  renamed = true,
): Repair[] {
  const repairs = findRepairs(draft.doc, draft.catalogue, renamed);
  if (repairs.length === 0) return repairs;
  const { nodes, edges } = draftParts(draft.doc);
  draft.doc.transact(() => {
    const nameFor = nameResolver(draft.doc);
    for (const repair of repairs) {
      if ('edge' in repair) {
        edges.delete(repair.edge.id);
        continue;
      }
      const node = nodes.get(repair.nodeId);
      if (!(node instanceof Y.Map)) continue;
      if (repair.kind === 'start') node.set('disabled', true);
      else if (repair.kind === 'key') node.set('key', repair.to);
      else if (repair.kind === 'group') node.delete('group');
      else for (const write of referenceRepairsIn(node, draft.catalogue, nameFor)) write();
    }
  }, draft.origin);
  return repairs;
}

/**
 * What was repaired, for people, with the nodes that it is about; undefined when nobody needs to know. `doc` is the
 * draft, before or after.
 */
export function tellRepairs(
  doc: Y.Doc,
  repairs: readonly Repair[],
): { text: string; nodeIds: string[] } | undefined {
  const { nodes } = draftParts(doc);
  const nameOf = (id: string) => {
    const node = nodes.get(id);
    const name = node instanceof Y.Map ? node.get('name') : undefined;
    return typeof name === 'string' && name !== '' ? name : 'a removed step';
  };
  const sentences: string[] = [];
  const about = new Set<string>();
  for (const repair of repairs) {
    const sentence = sentenceOf(repair, nameOf);
    if (sentence === undefined) continue;
    sentences.push(sentence);
    for (const id of nodesOf(repair)) if (nodes.has(id)) about.add(id);
  }
  const [first] = sentences;
  if (first === undefined) return undefined;
  const more = sentences.length - 1;
  const rest =
    more === 0 ? '' : ` ${more} more ${more === 1 ? 'repair was' : 'repairs were'} made.`;
  return { text: first + rest, nodeIds: [...about].slice(0, 100) };
}

function sentenceOf(repair: Repair, nameOf: (id: string) => string): string | undefined {
  switch (repair.kind) {
    case 'circle':
    case 'dangling': {
      const { source, target } = repair.edge;
      const edge = `the wire "${nameOf(source)} → ${nameOf(target)}" was removed.`;
      return repair.kind === 'circle'
        ? `Two edits together created a cycle: ${edge}`
        : `A step was removed while someone connected it: ${edge}`;
    }
    case 'start':
      return `A workflow has only one start: "${nameOf(repair.nodeId)}" was disabled.`;
    case 'key':
      return (
        `Two steps had the key "${repair.from}": ` +
        `that of "${nameOf(repair.nodeId)}" is now "${repair.to}".`
      );
    default:
      return undefined;
  }
}

const nodesOf = (repair: Repair): string[] =>
  'edge' in repair ? [repair.edge.source, repair.edge.target] : [repair.nodeId];

function referenceRepairs(
  doc: Y.Doc,
  steps: readonly Step[],
  catalogue: RepairCatalogue,
): Repair[] {
  const nameFor = nameResolver(doc);
  return steps.flatMap(({ id, map }): Repair[] =>
    referenceRepairsIn(map, catalogue, nameFor).length > 0
      ? [{ kind: 'references', nodeId: id }]
      : [],
  );
}

function edgeRepairs(steps: readonly Step[], edges: readonly WorkflowEdge[]): Repair[] {
  const ids = new Set(steps.map((step) => step.id));
  const connections = new Set<string>();
  const repairs: Repair[] = [];
  const sound = edges.filter((edge) => {
    const { source, sourcePort, target, targetPort } = edge;
    const connection = JSON.stringify([source, sourcePort, target, targetPort]);
    if (!ids.has(source) || !ids.has(target)) repairs.push({ kind: 'dangling', edge });
    else if (connections.has(connection)) repairs.push({ kind: 'double', edge });
    else {
      connections.add(connection);
      return true;
    }
    return false;
  });
  return [...repairs, ...circleRepairs(steps, sound)];
}

/** The latest connection of each circle: those that close one when all are made in their order. */
function circleRepairs(steps: readonly Step[], edges: readonly WorkflowEdge[]): Repair[] {
  if (findCycle({ nodes: steps, edges }) === undefined) return [];
  const next = new Map<string, string[]>();
  return edges.flatMap((edge): Repair[] => {
    if (reaches(next, edge.target, edge.source)) return [{ kind: 'circle', edge }];
    const targets = next.get(edge.source);
    if (targets) targets.push(edge.target);
    else next.set(edge.source, [edge.target]);
    return [];
  });
}

function reaches(next: ReadonlyMap<string, string[]>, from: string, to: string): boolean {
  const seen = new Set([from]);
  for (const id of seen) {
    if (id === to) return true;
    for (const target of next.get(id) ?? []) seen.add(target);
  }
  return false;
}

function startRepairs(steps: readonly Step[], catalogue: RepairCatalogue): Repair[] {
  const starts = steps.filter(({ map }) => {
    const type = String(map.get('type'));
    const known = Object.hasOwn(catalogue, type) ? catalogue[type] : undefined;
    return known?.accepts === false && known.kind !== 'handler' && map.get('disabled') !== true;
  });
  return starts.slice(1).map(({ id }) => ({ kind: 'start', nodeId: id }));
}

function keyRepairs(steps: readonly Step[]): Repair[] {
  const all = new Set(steps.map((step) => step.key));
  if (all.size === steps.length) return [];
  const taken = new Set<string>();
  return steps.flatMap(({ id, key }): Repair[] => {
    if (!taken.has(key)) {
      taken.add(key);
      return [];
    }
    const base = key.replace(/_\d+$/, '').slice(0, 58) || 'step';
    let number = 2;
    while (all.has(`${base}_${number}`)) number += 1;
    const to = `${base}_${number}`;
    all.add(to);
    taken.add(to);
    return [{ kind: 'key', nodeId: id, from: key, to }];
  });
}

/** A node as `readNode` would read it, without its config; undefined where that gives none. */
function stepOf(id: string, value: unknown): Step | undefined {
  if (!(value instanceof Y.Map)) return undefined;
  const type = value.get('type');
  if (typeof type !== 'string' || type === '') return undefined;
  const key = nodeKeySchema.safeParse(value.get('key'));
  const name = value.get('name');
  const read = typeof name === 'string' && name !== '' ? name : type;
  return { id, map: value, key: key.success ? key.data : keyFromName(read.slice(0, 200)) };
}
