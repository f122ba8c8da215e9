import { lastRunOf, type Sample, seenIn, testRequestOf } from '@/components/runs/last-run';
import type { Session } from '@/components/session/session';
import type { Names } from '@/components/text-editor/suggest';
import type { DraftNode } from '@/lib/canvas/graph';
import { upstreamOf } from '@/lib/canvas/graph-walk';
import { around } from '@/lib/canvas/layout/containers';
import { sampleOf, typeOf } from '@/lib/canvas/node-types';
import { catalogue } from '@/lib/nodes/catalogue';
import { beginnings } from '@/lib/runs/blobs';
import { isRecord } from '@/lib/values/unknown';
import { textFields } from '@/lib/workflows/config-fields';
import { namesFor as namesIn, scopeNames } from '@/lib/workflows/problems/reference-problems';
import { firstItemOf } from './first-item';

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
    const rows = (node.config.fields as unknown[]).filter(isRecord);
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

/** What a run is given: of the run that is shown, of the last one or a test request since, or the defaults. */
export function inputOf(session: Session): Sample {
  const shown = session.run.get()?.state?.input;
  if (shown !== undefined) return { value: shown, from: 'run' };
  const last = lastRunOf(session).get();
  const request = testRequestOf(session).get();
  if (request !== undefined && request.at > Date.parse(last?.createdAt ?? '1970-01-01')) {
    return { value: request.input, from: 'request' };
  }
  if (last?.input !== undefined && last.input !== null) {
    return { value: last.input, from: 'last-run' };
  }
  const start = [...session.graph.get().nodes.values()].find((node) => node.type === 'start');
  return { value: sampleInput(start?.config.inputs), from: 'sample' };
}

/** The steps that come before a node, nearest first; then those before the steps around it. */
export function earlierSteps(session: Session, nodeId: string): DraftNode[] {
  const graph = session.graph.get();
  const ids = [nodeId, ...around(graph, nodeId)].flatMap((id) =>
    upstreamOf(graph.edges.values(), id),
  );
  return [...new Set(ids)].flatMap((id) => graph.nodes.get(id) ?? []);
}

/** Names that only some steps see: those of an item, of an error. */
export function namesGiven(session: Session, nodeId: string): string[] {
  const graph = session.graph.get();
  const node = graph.nodes.get(nodeId);
  if (!node) return [];
  const definition = { nodes: [...graph.nodes.values()], edges: [...graph.edges.values()] };
  return namesIn(definition, catalogue)(node).filter((name) => !scopeNames.includes(name));
}

/** What an expression of a node can name besides input, steps and run: what steps around it give, and errors. */
export function givenNames(session: Session, nodeId: string): Names {
  const graph = session.graph.get();
  const given: Names = Object.fromEntries(namesGiven(session, nodeId).map((name) => [name, null]));
  if ('error' in given)
    given.error = { code: 'timeout', message: 'What went wrong.', step: 'step' };
  // The nearest one counts where two give the same name.
  for (const id of around(graph, nodeId).reverse()) Object.assign(given, givenBy(session, id));
  return given;
}

function givenBy(session: Session, containerId: string): Names {
  const container = session.graph.get().nodes.get(containerId);
  const names = (container && typeOf(container.type)?.contains) ?? [];
  const output = seenIn(session, containerId, 'output')?.value;
  const sample = (name: string): unknown => {
    if (name === 'index') return 0;
    if (name === 'round') return 1;
    if (name === 'item') return firstItem(session, container);
    const known = typeof output === 'object' && output !== null && Object.hasOwn(output, name);
    return known ? (output as Names)[name] : null;
  };
  return Object.fromEntries(names.map((name) => [name, sample(name)]));
}

/** The first of a container's items, where the values that it names are known. */
function firstItem(session: Session, container: DraftNode | undefined): unknown {
  const items = container?.config.items;
  if (!container || typeof items !== 'string' || items.trim() === '') return null;
  return firstItemOf(items, namesFor(session, container.id));
}

/** Names that an expression of a node may use, to check it by. */
export const knownNames = (session: Session, nodeId: string) => ({
  names: [...scopeNames, ...Object.keys(givenNames(session, nodeId))],
});

/**
 * The values that an expression of a node can name: of the run that is shown where it has them, else of the last
 * one, else samples. Only steps that come before the node are there.
 */
export function namesFor(session: Session, nodeId: string): Names {
  const steps: Names = {};
  for (const node of earlierSteps(session, nodeId)) {
    steps[node.key] = { output: beginnings(outputOf(session, node).value) };
  }
  const names = {
    ...givenNames(session, nodeId),
    input: inputOf(session).value,
    steps,
    run: { id: 'run', mode: 'live', startedAt: '2026-01-01T00:00:00Z' },
  };
  return { ...names, ...rowNames(session.graph.get().nodes.get(nodeId), names) };
}

/** The row that a step's expressions see, as the first of its rows. */
function rowNames(node: DraftNode | undefined, names: Names): Names {
  const rows = node && hasRow(node) ? node.config.rows : undefined;
  if (typeof rows !== 'string' || rows.trim() === '') return {};
  return { row: firstItemOf(rows, names), index: 0 };
}

const hasRow = (node: DraftNode): boolean => {
  const type = typeOf(node.type);
  return (
    type !== undefined && textFields(type, node.config).some(({ names }) => names.includes('row'))
  );
};

/** The fields of the first of the rows that a setting of a node names; none where they are not known yet. */
export function columnsOf(session: Session, nodeId: string, setting: string): string[] {
  const rows = session.graph.get().nodes.get(nodeId)?.config[setting];
  if (typeof rows !== 'string' || rows.trim() === '') return [];
  const first = firstItemOf(rows, namesFor(session, nodeId));
  return isRecord(first) ? Object.keys(first).slice(0, 200) : [];
}
