import { portsOfNode } from '@/lib/nodes/node-type/ports';
import { type Catalogue, typeNamed } from '../node-catalogue';
import type { Definition, Problem, WorkflowEdge } from '../schema';

/** Edges that lead nowhere, twice to the same place, or through ports that are not there. */
export function edgeProblems(definition: Definition, catalogue: Catalogue): Problem[] {
  const nodes = new Map(definition.nodes.map((node) => [node.id, node]));
  const ids = new Set<string>();
  const ways = new Set<string>();
  const found: Problem[] = [];
  const add = (edge: WorkflowEdge, code: string, message: string) =>
    found.push({ severity: 'error', code, message, edgeId: edge.id });
  for (const edge of definition.edges) {
    if (ids.has(edge.id)) add(edge, 'duplicate_id', `Two edges have the id "${edge.id}".`);
    ids.add(edge.id);
    const [source, target] = [nodes.get(edge.source), nodes.get(edge.target)];
    if (!source || !target) {
      add(
        edge,
        'dangling_edge',
        `An edge names the step "${source ? edge.target : edge.source}", which is not there.`,
      );
      continue;
    }
    const way = JSON.stringify([edge.source, edge.sourcePort, edge.target, edge.targetPort]);
    if (ways.has(way))
      add(edge, 'duplicate_edge', `Two edges lead from "${source.name}" to "${target.name}".`);
    ways.add(way);
    const [from, to] = [typeNamed(catalogue, source.type), typeNamed(catalogue, target.type)];
    if (from && !portsOfNode(from, source).some((port) => port.id === edge.sourcePort)) {
      add(edge, 'bad_port', `"${source.name}" has no output "${edge.sourcePort}".`);
    }
    if (to?.accepts === false)
      add(edge, 'bad_port', `"${target.name}" starts a run: nothing can lead to it.`);
    else if (edge.targetPort !== 'in')
      add(edge, 'bad_port', `"${target.name}" has no input "${edge.targetPort}".`);
  }
  return found;
}
