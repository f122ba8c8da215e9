import type { Shape } from '@/lib/expressions/shapes/shapes';
import { configFields } from '../config-fields';
import { configProblems } from '../config-problems';
import { containersOf } from '../containers';
import { findCycle, neighbours, reach } from '../graph';
import { type Catalogue, typeNamed } from '../node-catalogue';
import type { Definition, Problem, WorkflowNode } from '../schema';
import { connectionProblems, type KnownConnection } from './connection-problems';
import { containerProblems } from './container-problems';
import { edgeProblems } from './edge-problems';
import { fieldProblems } from './field-problems';
import { listProblems } from './list-problems';
import { nameProblems } from './name-problems';
import { pinProblems } from './pin-problems';
import { poolProblems } from './pool-problems';
import { referenceProblems } from './reference-problems';
import { type KnownOperation, serviceProblems } from './service-problems';
import { type KnownTable, tableProblems } from './table-problems';

/** What is known of the workspace; absent parts are not checked. */
export type Surroundings = {
  agents?: readonly string[];
  connections?: readonly KnownConnection[];
  /** Names of its pools. */
  pools?: readonly string[];
  tables?: readonly KnownTable[];
  /** The operations that its steps call. */
  services?: readonly KnownOperation[];
  /** The workflow itself, where it has an id yet. */
  workflowId?: string | undefined;
  /** Whom the problems are told, where they differ by person. */
  userId?: string | undefined;
  /** Of steps that have run: the form of what came out, by node id. */
  outputs?: Readonly<Record<string, Shape>>;
};

/** Problems of a workflow that are told; of more, people learn how many there are. */
export const maxProblems = 200;

/**
 * What a person should know before publishing, errors first, then in the order of the nodes; at most
 * {@link maxProblems}, and one that counts the rest. Takes unfinished drafts; each problem is a plain sentence at
 * its node, edge or field.
 */
export function findProblems(
  definition: Definition,
  catalogue: Catalogue,
  known: Surroundings = {},
): Problem[] {
  const { all, cut } = allProblems(definition, catalogue, known);
  if (all.length <= maxProblems) return all;
  const told = all.slice(0, maxProblems);
  const rest = all.length - maxProblems;
  const severity = all[maxProblems]?.severity ?? 'error';
  return [
    ...told,
    {
      severity,
      code: 'more_problems',
      message: `And ${cut ? 'at least ' : ''}${rest} more problems.`,
    },
  ];
}

/** What makes a definition no graph of known steps, whatever their settings hold. Takes little time. */
export function structureProblems(definition: Definition, catalogue: Catalogue): Problem[] {
  return [
    ...shapeProblems(definition, catalogue),
    ...definition.nodes.flatMap((node) => unknownType(node, catalogue)),
    ...edgeProblems(definition, catalogue),
  ];
}

function allProblems(
  definition: Definition,
  catalogue: Catalogue,
  known: Surroundings = {},
): { all: Problem[]; cut: boolean } {
  const references = referenceProblems(definition, catalogue, maxProblems);
  const found: Problem[] = [
    ...shapeProblems(definition, catalogue),
    ...definition.nodes.flatMap((node) => nodeProblems(node, catalogue, known)),
    ...edgeProblems(definition, catalogue),
    ...references.found,
    ...fieldProblems(definition, catalogue, known.outputs ?? {}),
    ...listProblems(definition, catalogue, known.outputs ?? {}),
    ...containerProblems(definition, catalogue),
    ...(known.connections
      ? connectionProblems(definition, catalogue, known.connections, known)
      : []),
    ...(known.pools ? poolProblems(definition, known.pools) : []),
    ...(known.tables ? tableProblems(definition, catalogue, known.tables) : []),
    ...(known.services ? serviceProblems(definition, known.services, known.connections) : []),
    ...pinProblems(definition),
    ...nameProblems(definition),
  ];
  const all = [
    ...found.filter((problem) => problem.severity === 'error'),
    ...found.filter((problem) => problem.severity === 'warning'),
  ];
  return { all, cut: references.cut };
}

/** Whether a definition can be published as it is. */
export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === 'error');
}

function shapeProblems(definition: Definition, catalogue: Catalogue): Problem[] {
  const { nodes } = definition;
  const found: Problem[] = [...repeated(nodes, 'id'), ...repeated(nodes, 'key')];
  if (nodes.every((node) => node.disabled)) {
    found.push({
      severity: 'error',
      code: 'empty',
      message: 'This workflow has no steps yet: add one.',
      missing: true,
    });
  }
  const starts = nodes.filter((node) => {
    const type = typeNamed(catalogue, node.type);
    return type?.accepts === false && type.kind !== 'handler' && !node.disabled;
  });
  for (const node of starts.slice(1)) {
    const message = 'A workflow can have only one start. Remove one of them.';
    found.push({ severity: 'error', code: 'two_starts', message, nodeId: node.id });
  }
  const cycle = findCycle(definition);
  if (cycle) {
    const names = [...cycle, cycle[0] ?? ''].map(
      (id) => nodes.find((node) => node.id === id)?.name ?? id,
    );
    const message = `These steps form a cycle: ${names.join(' → ')}.`;
    found.push({ severity: 'error', code: 'cycle', message, nodeId: cycle[0] });
  }
  return [...found, ...unreachable(definition, catalogue, starts)];
}

function repeated(nodes: readonly WorkflowNode[], field: 'id' | 'key'): Problem[] {
  const seen = new Map<string, WorkflowNode>();
  return nodes.flatMap((node) => {
    const first = seen.get(node[field]);
    if (!first) {
      seen.set(node[field], node);
      return [];
    }
    const message = `"${first.name}" and "${node.name}" have the same ${field} "${node[field]}".`;
    return [{ severity: 'error' as const, code: `duplicate_${field}`, message, nodeId: node.id }];
  });
}

function unreachable(
  definition: Definition,
  catalogue: Catalogue,
  starts: readonly WorkflowNode[],
): Problem[] {
  if (starts.length === 0) return [];
  const handlers = definition.nodes.filter(
    ({ type }) => typeNamed(catalogue, type)?.kind === 'handler',
  );
  const ids = [...starts, ...handlers].map((node) => node.id);
  const reached = reach(ids, neighbours(definition, 'after'));
  const inside = containersOf(definition, catalogue);
  // One that was only just put down is seen to stand alone: nothing is reported before its first connection.
  const connected = new Set(definition.edges.flatMap(({ source, target }) => [source, target]));
  return definition.nodes
    .filter(({ id }) => !ids.includes(id) && !reached.has(id) && !inside.has(id))
    .filter(({ id }) => connected.has(id))
    .filter(({ disabled }) => !disabled)
    .map((node) => ({
      severity: 'warning',
      code: 'unreachable',
      message: 'This step is not connected to the start, so it runs on its own.',
      nodeId: node.id,
    }));
}

function nodeProblems(node: WorkflowNode, catalogue: Catalogue, known: Surroundings): Problem[] {
  if (node.disabled) return [];
  const type = typeNamed(catalogue, node.type);
  if (!type) return unknownType(node, catalogue);
  const found: Problem[] = configProblems(type, node.config).map((wrong) => ({
    severity: 'error',
    code: 'invalid_config',
    nodeId: node.id,
    ...wrong,
  }));
  for (const { path, value, widget } of known.agents ? configFields(type, node.config) : []) {
    if (widget !== 'agent' || typeof value !== 'string' || !value || known.agents?.includes(value))
      continue;
    const message = `There is no agent "${value}" in this workspace. A general assistant is used.`;
    found.push({ severity: 'warning', code: 'unknown_agent', message, nodeId: node.id, path });
  }
  return found;
}

function unknownType({ id, type, disabled }: WorkflowNode, catalogue: Catalogue): Problem[] {
  if (disabled || typeNamed(catalogue, type)) return [];
  const message = `There is no node type "${type}".`;
  return [{ severity: 'error', code: 'unknown_type', message, nodeId: id }];
}
