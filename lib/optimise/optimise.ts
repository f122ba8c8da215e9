import { canonical } from '@/lib/values/canonical';
import { topologicalOrder } from '@/lib/workflows/graph';
import type { Catalogue } from '@/lib/workflows/node-catalogue';
import type { Definition, WorkflowNode } from '@/lib/workflows/schema';
import { edgesFrom, edgesInto, isPlain, joined, readsOf, readsUnseen, waitsForAll } from './plain';
import { withNames } from './with-names';

/** One rewrite: what it does, and why the outputs of the workflow stay as they are. */
export type Rewrite = {
  kind: 'drop' | 'merge' | 'parallel';
  /** Ids of the steps that it is about. */
  steps: string[];
  does: string;
  proof: string;
};
type Found = { definition: Definition; rewrite: Rewrite };

/** More rewrites than this are left to another time: somebody has to read them. */
const maxRewrites = 50;

/**
 * A workflow that gives the same with less work or in less time, with a proof of each rewrite. Where settings name steps in a
 * way that cannot be read, nothing is rewritten.
 */
export function optimise(
  definition: Definition,
  catalogue: Catalogue,
  kinds: readonly Rewrite['kind'][] = ['drop', 'merge', 'parallel'],
): { definition: Definition; rewrites: Rewrite[] } {
  const rewrites: Rewrite[] = [];
  let now = definition;
  if (now.nodes.some((node) => readsUnseen(node, catalogue))) return { definition: now, rewrites };
  while (rewrites.length < maxRewrites) {
    const found = firstOf(kinds, now, catalogue);
    if (found === undefined) break;
    rewrites.push(found.rewrite);
    now = found.definition;
  }
  return { definition: now, rewrites };
}

const rewriteOf = { drop: dropUnused, merge: mergeEqual, parallel: runTogether };

function firstOf(
  kinds: readonly Rewrite['kind'][],
  definition: Definition,
  catalogue: Catalogue,
): Found | undefined {
  for (const kind of kinds) {
    const found = rewriteOf[kind](definition, catalogue);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Takes out a step whose output nobody reads. */
function dropUnused(definition: Definition, catalogue: Catalogue): Found | undefined {
  const { nodes, edges } = definition;
  const read = new Set(nodes.flatMap((node) => [...readsOf(node, catalogue)]));
  for (const node of nodes) {
    const [into, ...more] = edgesInto(definition, node.id);
    const out = edgesFrom(definition, node.id);
    const free = isPlain(node, catalogue) && !read.has(node.key);
    if (!free || !into || more.length > 0 || out.length === 0) continue;
    if (!allWait(definition, out, catalogue)) continue;
    const left = edges.filter(({ source, target }) => source !== node.id && target !== node.id);
    const bridges = out.map(({ target, targetPort }) => ({
      ...{ source: into.source, sourcePort: into.sourcePort, target, targetPort },
    }));
    return {
      definition: {
        ...definition,
        nodes: nodes.filter(({ id }) => id !== node.id),
        edges: joined(left, bridges),
      },
      rewrite: {
        ...{ kind: 'drop', steps: [node.id], does: `Takes out “${node.name}”.` },
        proof: 'No step reads its output, and it does nothing else.',
      },
    };
  }
  return undefined;
}

/** Makes one step of two that do the same with the same. */
function mergeEqual(definition: Definition, catalogue: Catalogue): Found | undefined {
  const { nodes, edges } = definition;
  const seen = new Map<string, WorkflowNode>();
  for (const id of topologicalOrder(definition)) {
    const node = nodes.find((each) => each.id === id);
    if (!node || !isPlain(node, catalogue) || !isSettled(node)) continue;
    const into = edgesInto(definition, id);
    const out = edgesFrom(definition, id);
    if (into.length === 0 || out.length === 0) continue;
    const ways = into.map(({ source, sourcePort }) => `${source} ${sourcePort}`).sort();
    const { type, config, policy } = node;
    const name = canonical({ type, config, policy: policy ?? null, ways });
    const first = seen.get(name);
    if (first === undefined) {
      seen.set(name, node);
      continue;
    }
    if (!allWait(definition, out, catalogue)) continue;
    const left = edges.filter(({ source, target }) => source !== id && target !== id);
    const moved = out.map(({ id: _, ...edge }) => ({ ...edge, source: first.id }));
    const renamed = (key: string) => (key === node.key ? first.key : undefined);
    return {
      definition: {
        ...definition,
        nodes: nodes
          .filter((each) => each.id !== id)
          .map((each) => withNames(each, renamed, catalogue)),
        edges: joined(left, moved),
      },
      rewrite: {
        ...{ kind: 'merge', steps: [first.id, id] },
        does: `Makes one step of “${first.name}” and “${node.name}”.`,
        proof: 'They have the same settings, come after the same steps and give the same.',
      },
    };
  }
  return undefined;
}

/** Lets two steps run at the same time of which the second reads nothing of the first. */
function runTogether(definition: Definition, catalogue: Catalogue): Found | undefined {
  const { nodes, edges } = definition;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  for (const edge of edges) {
    const [one, two] = [byId.get(edge.source), byId.get(edge.target)];
    if (!one || !two || !isPlain(one, catalogue) || !isPlain(two, catalogue)) continue;
    const into = edgesInto(definition, one.id);
    const out = edgesFrom(definition, two.id);
    const chained =
      edgesFrom(definition, one.id).length === 1 && edgesInto(definition, two.id).length === 1;
    if (!chained || into.length === 0 || out.length === 0) continue;
    if (readsOf(two, catalogue).has(one.key)) continue;
    if (!allWait(definition, out, catalogue)) continue;
    const left = edges.filter(({ id }) => id !== edge.id);
    const begin = into.map(({ id: _, ...each }) => ({ ...each, target: two.id }));
    const end = out.map(({ target, targetPort }) => ({
      ...{ source: one.id, sourcePort: edge.sourcePort, target, targetPort },
    }));
    return {
      definition: { ...definition, edges: joined(left, [...begin, ...end]) },
      rewrite: {
        ...{ kind: 'parallel', steps: [one.id, two.id] },
        does: `Runs “${one.name}” and “${two.name}” at the same time.`,
        proof: `“${two.name}” reads nothing of “${one.name}”; what comes after waits for both.`,
      },
    };
  }
  return undefined;
}

const allWait = ({ nodes }: Definition, out: Definition['edges'], catalogue: Catalogue) =>
  out.every(({ target }) =>
    nodes.some((node) => node.id === target && waitsForAll(node, catalogue)),
  );

/** Whether the same settings give the same each time: a model does where it leaves nothing to chance. */
const isSettled = ({ type, config }: WorkflowNode): boolean =>
  type !== 'model' || config.temperature === 0;
