import { type Catalogue, typeNamed } from './node-catalogue';
import type { Definition } from './schema';

/** The step inside which each node stands, by node id: its group, where that is a step which contains others. */
export function containersOf(
  { nodes }: Pick<Definition, 'nodes'>,
  catalogue: Catalogue,
): ReadonlyMap<string, string> {
  const containers = new Set(
    nodes.filter(({ type }) => typeNamed(catalogue, type)?.contains).map(({ id }) => id),
  );
  return new Map(
    nodes.flatMap(({ id, group }) =>
      group !== undefined && group !== id && containers.has(group) ? [[id, group]] : [],
    ),
  );
}

/** The steps around a node, the nearest first. Ends where they would stand inside each other in a circle. */
export function stepsAround(containers: ReadonlyMap<string, string>, nodeId: string): string[] {
  const found: string[] = [];
  let at = containers.get(nodeId);
  while (at !== undefined && !found.includes(at)) {
    found.push(at);
    at = containers.get(at);
  }
  return found;
}
