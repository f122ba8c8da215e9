import type { Names } from '@/components/editor/suggest';
import type { DraftNode } from '../graph-view';
import { upstreamOf } from '../graph-walk';
import { sampleOf } from '../node-types';
import type { Session } from '../session';
import { lastRunOf, type Sample, seenIn } from './last-run';

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

function outputSample(node: DraftNode): unknown {
  if (node.type === 'start') return sampleInput(node.config.inputs);
  if (node.type === 'transform' && Array.isArray(node.config.fields)) {
    const rows = node.config.fields as { name?: unknown }[];
    return Object.fromEntries(rows.map((row) => [String(row.name ?? ''), null]));
  }
  return sampleOf(node.type);
}

/** A step's output: of the run that is shown, of the last run, what is pinned, or what its type says. */
export function outputOf(session: Session, node: DraftNode): Sample {
  const seen = seenIn(session, node.id, 'output');
  if (seen) return seen;
  if (node.pinnedOutput !== undefined) return { value: node.pinnedOutput, from: 'pinned' };
  const value = outputSample(node);
  return { value, from: value === undefined ? 'nothing' : 'sample' };
}

/** What a run is given: of the run that is shown, of the last one, or the defaults. */
export function inputOf(session: Session): Sample {
  const shown = session.run.get()?.state?.input;
  if (shown !== undefined) return { value: shown, from: 'run' };
  const last = lastRunOf(session).get()?.input;
  if (last !== undefined && last !== null) return { value: last, from: 'last-run' };
  const start = [...session.graph.get().nodes.values()].find((node) => node.type === 'start');
  return { value: sampleInput(start?.config.inputs), from: 'sample' };
}

/** The steps that come before a node, nearest first. */
export function earlierSteps(session: Session, nodeId: string): DraftNode[] {
  const { nodes, edges } = session.graph.get();
  return upstreamOf(edges.values(), nodeId).flatMap((id) => nodes.get(id) ?? []);
}

/**
 * The values that an expression of a node can name: of the run that is shown where it has them, else of the last
 * one, else samples. Only steps that come before the node are there.
 */
export function namesFor(session: Session, nodeId: string): Names {
  const steps: Names = {};
  for (const node of earlierSteps(session, nodeId)) {
    steps[node.key] = { output: outputOf(session, node).value };
  }
  return {
    input: inputOf(session).value,
    steps,
    run: { id: 'run', mode: 'live', startedAt: '2026-01-01T00:00:00Z' },
  };
}
