import { containersOf, stepsAround } from '../containers';
import { neighbours, reach } from '../graph';
import { type Catalogue, typeNamed } from '../node-catalogue';
import type { Definition, Problem, WorkflowNode } from '../schema';

/** What is wrong with steps that stand inside others, and with those that handle errors. */
export function containerProblems(definition: Definition, catalogue: Catalogue): Problem[] {
  const around = containersOf(definition, catalogue);
  const byId = new Map(definition.nodes.map((node) => [node.id, node]));
  const found: Problem[] = [];
  const add = (code: string, message: string, place: Pick<Problem, 'nodeId' | 'edgeId'>) =>
    found.push({ severity: 'error', code, message, ...place });
  const name = (id: string | undefined) => byId.get(id ?? '')?.name ?? 'the workflow';

  for (const node of definition.nodes) {
    if (node.disabled) continue;
    const type = typeNamed(catalogue, node.type);
    if (type?.contains && !hasBody(definition.nodes, node)) {
      add('empty_container', 'This container is empty. Drop steps into it.', {
        nodeId: node.id,
      });
    }
    const container = around.get(node.id);
    if (container === undefined) continue;
    if (stepsAround(around, node.id).includes(node.id)) {
      add('inside_itself', 'A step cannot be inside itself.', { nodeId: node.id });
    }
    if (type?.accepts === false) {
      const message = `“${node.name}” starts a workflow, so it cannot be inside “${name(container)}”.`;
      add('start_inside', message, { nodeId: node.id });
    }
  }
  for (const { id, source, target } of definition.edges) {
    if (!byId.has(source) || !byId.has(target) || around.get(source) === around.get(target))
      continue;
    const message = `“${name(source)}” is inside ${name(around.get(source))}, “${name(target)}” inside ${name(around.get(target))}. A wire cannot cross the container’s border.`;
    add('crosses_container', message, { edgeId: id });
  }
  return [...found, ...handlerProblems(definition, catalogue)];
}

const hasBody = (nodes: readonly WorkflowNode[], { id }: WorkflowNode) =>
  nodes.some(({ group, disabled }) => group === id && !disabled);

/** A step is for errors or for the usual way: on both it would never know when to begin. */
function handlerProblems(definition: Definition, catalogue: Catalogue): Problem[] {
  const isHandler = ({ type }: WorkflowNode) => typeNamed(catalogue, type)?.kind === 'handler';
  const handlers = definition.nodes.filter(isHandler).map(({ id }) => id);
  if (handlers.length === 0) return [];
  const handling = reach(handlers, neighbours(definition, 'after'));
  const others = new Set(
    definition.nodes
      .map(({ id }) => id)
      .filter((id) => !handling.has(id) && !handlers.includes(id)),
  );
  return definition.edges
    .filter(({ source, target }) => others.has(source) && handling.has(target))
    .map(({ id, target }) => ({
      severity: 'error',
      code: 'joins_handler',
      message: 'This step handles errors, so the normal flow cannot lead to it.',
      edgeId: id,
      nodeId: target,
    }));
}
