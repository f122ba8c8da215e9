import { AppError } from '@/lib/api/errors';
import type { NodeType } from '@/lib/nodes/node-type/define-node';
import { portsOf } from '@/lib/nodes/node-type/ports';
import { runLimits } from '@/lib/runs/limits';
import type { Plan, PlanStep } from '@/lib/runs/schema';
import { configProblems } from './config-problems';
import { containersOf } from './containers';
import { findCycle } from './graph';
import { type Catalogue, typeNamed } from './node-catalogue';
import {
  type Definition,
  type Policy,
  policySchema,
  type WorkflowEdge,
  type WorkflowNode,
} from './schema';

/** What a step may take when its policy says nothing, in milliseconds. */
export const defaultStepTimeoutMs = 300_000;
/** What a run may take when its workflow says nothing, in milliseconds. */
export const defaultRunTimeoutMs = 6 * 3_600_000;

const defaultRetry = { attempts: 3, backoffMs: 1_000, maxBackoffMs: 60_000 };

/**
 * The plan that a run executes. Disabled nodes are passed through: what led to them leads to what follows them. Steps
 * that stand inside another make that one's body. Expects a definition without errors of `findProblems`; throws
 * `AppError` `has_problems` where it cannot go on.
 */
export function compile(definition: Definition, catalogue: Catalogue): Plan {
  if (findCycle(definition))
    throw new AppError('has_problems', 'The steps of this workflow form a cycle.');
  return planInside(definition, catalogue, undefined, 0);
}

/** The plan of the steps that stand directly inside a step, or inside none. */
function planInside(
  definition: Definition,
  catalogue: Catalogue,
  container: string | undefined,
  depth: number,
): Plan {
  if (depth > runLimits.depth) {
    const message = `Steps can be nested at most ${runLimits.depth} levels deep.`;
    throw new AppError('has_problems', message);
  }
  const around = containersOf(definition, catalogue);
  const here = definition.nodes.filter(({ id }) => around.get(id) === container);
  const ids = new Set(here.map(({ id }) => id));
  const inside = {
    nodes: here,
    edges: definition.edges.filter(({ source, target }) => ids.has(source) && ids.has(target)),
  };
  const nodes = here.filter((node) => !node.disabled);
  const incoming = incomingEdges(inside);
  const steps = nodes.map((node) => {
    const type = typeOf(node, catalogue);
    const step = stepOf(node, type, incoming.get(node.id) ?? []);
    if (!type.contains) return step;
    return { ...step, body: planInside(definition, catalogue, node.id, depth + 1) };
  });
  const outputs = nodes.filter((node) => node.type === 'output').map((node) => node.id);
  const sources = new Set(steps.flatMap((step) => step.incoming.map((edge) => edge.from)));
  const sinks = steps.filter((step) => !sources.has(step.id)).map((step) => step.id);
  return {
    schema: 1,
    name: definition.name,
    timeoutMs: definition.timeoutMs ?? defaultRunTimeoutMs,
    steps,
    outputs: outputs.length ? outputs : sinks,
  };
}

function typeOf(node: WorkflowNode, catalogue: Catalogue): NodeType {
  const type = typeNamed(catalogue, node.type);
  if (!type) throw new AppError('has_problems', `There is no node type "${node.type}".`);
  return type;
}

function stepOf(node: WorkflowNode, type: NodeType, incoming: PlanStep['incoming']): PlanStep {
  const parsed = type.config.safeParse(node.config);
  if (!parsed.success) {
    const reason = configProblems(type, node.config)[0]?.message ?? 'Its settings are not valid.';
    throw new AppError('has_problems', `"${node.name}": ${reason}`);
  }
  const policy = policySchema.parse(node.policy ?? {});
  return {
    id: node.id,
    nodeId: node.id,
    key: node.key,
    name: node.name,
    type: node.type,
    kind: type.kind,
    config: parsed.data,
    ports: portsOf(type, parsed.data).map((port) => port.id),
    timeoutMs: policy.timeoutMs ?? defaultStepTimeoutMs,
    ...planPolicy(policy, type.effects?.(parsed.data)),
    ...(type.join ? { join: type.join(parsed.data) } : {}),
    incoming,
    // A switch chooses a way: an output alone would not say which.
    ...(node.pinnedOutput === undefined || type.kind !== 'task'
      ? {}
      : { pinnedOutput: node.pinnedOutput }),
  };
}

/** A policy as the engine knows it. Fields that change nothing are left out. */
function planPolicy(
  { retry, onError, fallback = null, ...policy }: Policy,
  otherwise: 'once' | undefined,
) {
  const sideEffects = policy.sideEffects ?? otherwise ?? 'repeat';
  return {
    retry: retry ?? defaultRetry,
    ...(onError === 'port' ? { onError: { go: 'port' as const } } : {}),
    ...(onError === 'continue' ? { onError: { go: 'on' as const, output: fallback } } : {}),
    ...(sideEffects === 'repeat' ? {} : { effects: sideEffects }),
    ...(policy.priority ? { priority: policy.priority } : {}),
    ...(policy.cache ? { cache: { key: policy.cache.key, ttlMs: policy.cache.forMs } } : {}),
  };
}

/** Edges into each enabled node, with disabled ones replaced by what leads to them. Each way once. */
function incomingEdges(
  definition: Pick<Definition, 'nodes' | 'edges'>,
): Map<string, PlanStep['incoming']> {
  const disabled = new Set(definition.nodes.filter((node) => node.disabled).map((node) => node.id));
  const into = new Map<string, WorkflowEdge[]>();
  for (const edge of definition.edges)
    into.set(edge.target, [...(into.get(edge.target) ?? []), edge]);
  const resolved = new Map<string, PlanStep['incoming']>();
  const resolve = (id: string): PlanStep['incoming'] => {
    const known = resolved.get(id);
    if (known) return known;
    const all = (into.get(id) ?? []).flatMap((edge) =>
      disabled.has(edge.source)
        ? resolve(edge.source)
        : [{ from: edge.source, port: edge.sourcePort }],
    );
    const ways = new Map(all.map((way) => [JSON.stringify(way), way]));
    resolved.set(id, [...ways.values()]);
    return [...ways.values()];
  };
  return new Map(
    definition.nodes.filter((node) => !node.disabled).map((node) => [node.id, resolve(node.id)]),
  );
}
