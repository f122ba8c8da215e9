import { AppError } from '@/lib/api/errors';
import type { Plan, PlanStep } from '@/lib/runs/schema';
import { compile, defaultStepTimeoutMs } from './compile';
import { containersOf, stepsAround } from './containers';
import { findCycle } from './graph';
import { type Catalogue, typeNamed } from './node-catalogue';
import type { Definition, WorkflowNode } from './schema';

type Incoming = PlanStep['incoming'];

/** The steps that stand inside a step, at any depth, and the step itself. */
export function stepWithItsBody(
  definition: Pick<Definition, 'nodes'>,
  catalogue: Catalogue,
  stepId: string,
): ReadonlySet<string> {
  const containers = containersOf(definition, catalogue);
  const inside = definition.nodes.filter(({ id }) => stepsAround(containers, id).includes(stepId));
  return new Set([stepId, ...inside.map(({ id }) => id)]);
}

/**
 * The plan of one step and the results that it is given: of the steps before it only those in `given` are there, to
 * name their outputs, and what led to the others leads on past them. Settings of given steps need not be valid, for
 * they never run. The step runs as it is set up, but neither from a pinned output nor from the cache. Throws
 * `invalid_input` for a step that is not there or never runs, and as `compile`.
 */
export function compileOnly(
  definition: Definition,
  catalogue: Catalogue,
  stepId: string,
  given: ReadonlySet<string>,
): Plan {
  if (findCycle(definition))
    throw new AppError('has_problems', 'The steps of this workflow form a cycle.');
  const { step, timeoutMs } = alone(definition, catalogue, stepId);
  const incomingOf = waysIn(definition, catalogue, given, stepId);
  const before: WorkflowNode[] = [];
  const seen = new Set<string>();
  const byId = new Map(definition.nodes.map((node) => [node.id, node]));
  const open = [stepId];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const { from } of incomingOf(id)) {
      const node = byId.get(from);
      if (node === undefined || seen.has(from)) continue;
      seen.add(from);
      before.push(node);
      open.push(from);
    }
  }
  const all = [stepId, ...seen].flatMap((id) => incomingOf(id));
  const portsOf = (id: string) => [
    ...new Set(all.flatMap(({ from, port }) => (from === id ? [port] : []))),
  ];
  return {
    schema: 1,
    name: definition.name,
    timeoutMs,
    steps: [
      ...before.map((node) => givenStep(node, portsOf(node.id), incomingOf(node.id))),
      { ...step, incoming: incomingOf(stepId) },
    ],
    outputs: [stepId],
  };
}

/** The step compiled as if nothing stood around it. */
function alone(definition: Definition, catalogue: Catalogue, stepId: string) {
  const node = definition.nodes.find(({ id }) => id === stepId);
  if (node === undefined) throw new AppError('invalid_input', `There is no step "${stepId}".`);
  const type = typeNamed(catalogue, node.type);
  if (type?.kind === 'handler') {
    const message = `“${node.name}” starts when a run fails. It does not run by itself.`;
    throw new AppError('invalid_input', message);
  }
  const part = stepWithItsBody(definition, catalogue, stepId);
  const { group: _group, pinnedOutput: _pinned, disabled: _disabled, ...top } = node;
  const plan = compile(
    {
      ...definition,
      nodes: definition.nodes.flatMap((each) =>
        each.id === stepId ? [top] : part.has(each.id) ? [each] : [],
      ),
      edges: definition.edges.filter(({ source, target }) =>
        [source, target].every((id) => id !== stepId && part.has(id)),
      ),
    },
    catalogue,
  );
  const compiled = plan.steps.find(({ id }) => id === stepId);
  if (compiled === undefined) throw new AppError('invalid_input', 'This step cannot run alone.');
  const { cache: _cache, ...step } = compiled;
  return { step, timeoutMs: plan.timeoutMs };
}

/**
 * What leads to a step, of the given steps alone. What leads to a step around it leads to those that begin inside.
 */
function waysIn(
  definition: Definition,
  catalogue: Catalogue,
  given: ReadonlySet<string>,
  stepId: string,
): (id: string) => Incoming {
  const containers = containersOf(definition, catalogue);
  const into = new Map<string, { from: string; port: string }[]>();
  for (const { source, sourcePort, target } of definition.edges) {
    if (containers.get(source) !== containers.get(target)) continue;
    into.set(target, [...(into.get(target) ?? []), { from: source, port: sourcePort }]);
  }
  const known = new Map<string, Incoming>();
  const waysTo = (id: string): Incoming => {
    const found = known.get(id);
    if (found) return found;
    const around = containers.get(id);
    const direct = into.get(id) ?? [];
    const all =
      direct.length === 0 && around !== undefined
        ? waysTo(around)
        : direct.flatMap((way) => {
            if (way.from === stepId) return [];
            return given.has(way.from) ? [way] : waysTo(way.from);
          });
    const ways = [...new Map(all.map((way) => [JSON.stringify(way), way])).values()];
    known.set(id, ways);
    return ways;
  };
  return waysTo;
}

/** A step as its result needs it: it is over before the run begins. */
function givenStep(node: WorkflowNode, ports: string[], incoming: Incoming): PlanStep {
  const { id, key, name, type, config } = node;
  return {
    id,
    nodeId: id,
    key,
    name,
    type,
    kind: 'task',
    config,
    ports,
    retry: { attempts: 1, backoffMs: 0, maxBackoffMs: 0 },
    timeoutMs: defaultStepTimeoutMs,
    incoming,
  };
}
