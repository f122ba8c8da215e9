import type { Names } from '@/components/editor/suggest';
import { upstreamOf } from '../graph-walk';
import { sampleOf } from '../node-types';
import { type Session, stepIdOf } from '../session';

/** What inputs look like before a run: their defaults, or a value of their type. */
function sampleInput(rows: unknown): Names {
  if (!Array.isArray(rows)) return {};
  const empty: Record<string, unknown> = { number: 0, boolean: false, json: {}, file: 'file' };
  return Object.fromEntries(
    (rows as { name?: unknown; type?: unknown; default?: unknown }[])
      .filter((row) => typeof row?.name === 'string' && row.name !== '')
      .map((row) => [row.name, row.default || (empty[String(row.type)] ?? 'text')]),
  );
}

/**
 * The values that an expression of a node can name: of the run that is shown where it has them, else the samples
 * of the node types. Only steps that come before the node are there.
 */
export function namesFor(session: Session, nodeId: string): Names {
  const { nodes, edges } = session.graph.get();
  const state = session.run.get()?.state;
  const steps: Names = {};
  for (const id of upstreamOf(edges.values(), nodeId)) {
    const node = nodes.get(id);
    if (!node) continue;
    const stepId = state ? stepIdOf(state, id) : undefined;
    const seen = stepId === undefined ? undefined : state?.steps[stepId]?.output;
    steps[node.key] = { output: seen ?? outputSample(session, id) };
  }
  const start = [...nodes.values()].find((node) => node.type === 'start');
  return {
    input: state?.input ?? sampleInput(start?.config.inputs),
    steps,
    run: { id: 'run', mode: 'live', startedAt: '2026-01-01T00:00:00Z' },
  };
}

function outputSample(session: Session, nodeId: string): unknown {
  const node = session.graph.get().nodes.get(nodeId);
  if (node?.type === 'start') return sampleInput(node.config.inputs);
  if (node?.type === 'transform' && Array.isArray(node.config.fields)) {
    const rows = node.config.fields as { name?: unknown }[];
    return Object.fromEntries(rows.map((row) => [String(row.name ?? ''), null]));
  }
  return node ? sampleOf(node.type) : undefined;
}
