import type { DiffPart } from '@/lib/workflows/changes/diff';
import { fieldsOfMeta } from '@/lib/workflows/changes/diff-fields';
import type { DraftCatalogue } from '@/lib/workflows/draft/draft-shape';
import { shapesOf } from '@/lib/workflows/draft/draft-shape';
import { type Json, sameJson } from '@/lib/workflows/draft/draft-value';
import { type Definition, edgeSchema, type WorkflowEdge } from '@/lib/workflows/schema';
import { elementsOf, type Fields, fieldsOf } from './changes';
import type { Change } from './schema';

/**
 * A field of a change beside the draft as it stands. `clean`: nobody touched it since; `merged`: a text that others
 * changed elsewhere, `result` holds both; `done`: it says so already, or only its place moved on; `conflict`: it says
 * something else by now.
 */
export type FieldReview = Change['fields'][number] & {
  state: 'clean' | 'merged' | 'done' | 'conflict';
  now?: Json;
  /** What accepting writes; absent takes the field away. */
  result?: Json;
};

/**
 * `clean`: can be accepted as it is; `conflict`: something of it changed since; `done`: the draft says so already;
 * `gone`: what it changes was removed since; `waiting`: a connection whose ends are not both there.
 */
export type ReviewState = 'clean' | 'conflict' | 'done' | 'gone' | 'waiting';
export type Review = { change: Change; state: ReviewState; fields: FieldReview[] };

type Beside = {
  /** The draft as it stands. */
  now: Definition;
  /** The draft with the held-back update in it, where there is one: texts merge by letters. */
  merged?: Definition;
  catalogue: DraftCatalogue;
};

/** Holds changes beside the draft as it stands: what can be taken over, and what others changed meanwhile. */
export function reviewChanges(changes: readonly Change[], beside: Beside): Review[] {
  return changes.map((change) => {
    if (change.part === 'meta') return reviewMeta(change, beside);
    const now = elementsOf(beside.now, change.part).get(change.id);
    if (change.change === 'changed') return reviewChanged(change, change.part, now, beside);
    if (change.change === 'added')
      return { change, state: stateOfAdded(change, now, beside.now), fields: [] };
    return { change, state: stateOfRemoved(change, change.part, now), fields: [] };
  });
}

function reviewMeta(change: Change, { now, merged }: Beside): Review {
  const isText = (path: string) => path === 'description';
  const together = merged && fieldsOfMeta(merged);
  const fields = reviewFields(change, fieldsOfMeta(now), together, isText);
  return { change, state: stateOfFields(fields), fields };
}

function reviewChanged(
  change: Change,
  part: DiffPart,
  now: { id: string } | undefined,
  { merged, catalogue }: Beside,
): Review {
  if (!now)
    return {
      change,
      state: 'gone',
      fields: reviewFields(change, new Map(), undefined, () => false),
    };
  const type = 'type' in now ? String(now.type) : '';
  const shapes = shapesOf(catalogue, type);
  const isText = (path: string) =>
    part === 'notes' ? path === 'text' : shapes[path.slice('config.'.length)]?.kind === 'text';
  const other = merged && elementsOf(merged, part).get(change.id);
  const together = other && fieldsOf(part, other);
  const fields = reviewFields(change, fieldsOf(part, now), together, isText);
  return { change, state: stateOfFields(fields), fields };
}

function reviewFields(
  change: Change,
  now: Fields,
  merged: Fields | undefined,
  isText: (path: string) => boolean,
): FieldReview[] {
  return change.fields.map((field) => {
    const value = now.get(field.path);
    const shown = value === undefined ? field : { ...field, now: value };
    const result = field.after === undefined ? {} : { result: field.after };
    if (sameJson(value, field.after)) return { ...shown, state: 'done' };
    if (sameJson(value, field.before)) return { ...shown, ...result, state: 'clean' };
    // Where a step stands is nobody's opinion: what was moved since stays there.
    if (field.path === 'position') return { ...shown, state: 'done' };
    const both = merged?.get(field.path);
    if (isText(field.path) && both !== undefined && !sameJson(both, value)) {
      return { ...shown, result: both, state: 'merged' };
    }
    return { ...shown, ...result, state: 'conflict' };
  });
}

function stateOfFields(fields: readonly FieldReview[]): ReviewState {
  if (fields.some(({ state }) => state === 'conflict')) return 'conflict';
  return fields.every(({ state }) => state === 'done') ? 'done' : 'clean';
}

function stateOfAdded(
  change: Change,
  now: { id: string } | undefined,
  draft: Definition,
): ReviewState {
  if (now) return 'done';
  const edge = change.part === 'edges' ? edgeOf(change) : undefined;
  if (!edge) return 'clean';
  const ids = new Set(draft.nodes.map((node) => node.id));
  return ids.has(edge.source) && ids.has(edge.target) ? 'clean' : 'waiting';
}

function stateOfRemoved(
  change: Change,
  part: DiffPart,
  now: { id: string } | undefined,
): ReviewState {
  if (!now) return 'done';
  const seen = fieldsOf(part, change.element as unknown as { id: string });
  const fields = fieldsOf(part, now);
  const paths = new Set([...seen.keys(), ...fields.keys()]);
  paths.delete('position');
  return [...paths].every((path) => sameJson(seen.get(path), fields.get(path)))
    ? 'clean'
    : 'conflict';
}

/** The connection that a change adds or removes. */
export function edgeOf(change: Change): WorkflowEdge | undefined {
  const edge = change.part === 'edges' ? edgeSchema.safeParse(change.element) : undefined;
  return edge?.success ? edge.data : undefined;
}

/**
 * What a decision about some elements settles besides: an added step brings the connections to what is there, a
 * removed one takes its own along, and refusing either refuses them. `open` are the undecided changes.
 */
export function withConnections(
  open: readonly Change[],
  keys: Iterable<string>,
  as: 'accepted' | 'refused',
  now: Definition,
): string[] {
  const chosen = new Set(keys);
  const about = (change: 'added' | 'removed') =>
    new Set(
      open
        .filter((each) => each.part === 'nodes' && each.change === change && chosen.has(each.key))
        .map((each) => each.id),
    );
  const [added, removed] = [about('added'), about('removed')];
  const there = new Set([...now.nodes.map((node) => node.id), ...added]);
  for (const change of open) {
    const edge = edgeOf(change);
    if (!edge || change.change === 'changed') continue;
    const ends = [edge.source, edge.target];
    const touched = ends.some((id) => (change.change === 'added' ? added : removed).has(id));
    const possible =
      as === 'refused' || change.change === 'removed' || ends.every((id) => there.has(id));
    if (touched && possible) chosen.add(change.key);
  }
  return [...chosen];
}
