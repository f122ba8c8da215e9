import { type Draft, readDraft, writeDraft } from '@/lib/workflows/draft/draft';
import type { Json, JsonObject } from '@/lib/workflows/draft/draft-value';
import { renameInDraft } from '@/lib/workflows/edits/rename-references';
import { type Definition, nodeSchema, workflowLimits } from '@/lib/workflows/schema';
import { edgeOf, type Review } from './review';

/** Names a field in conflict, for taking the suggested value all the same. */
export const fieldKey = (key: string, path: string) => `${key}#${path}`;

type Applied = {
  definition: Definition;
  /** Keys of steps that were renamed: what refers to them follows. */
  renamed: Map<string, string>;
  /** Keys that added steps could not have, and their ids. */
  freed: Map<string, string>;
  added: Set<string>;
};

/**
 * Makes the draft say what was accepted, as one edit of its own and one step to undo. What is in conflict stays as it
 * is unless `take` names it: the key of a removed element, or {@link fieldKey}. Says whether it could write.
 */
export function applyReviews(
  draft: Draft,
  reviews: readonly Review[],
  take: ReadonlySet<string> = new Set(),
): boolean {
  if (draft.readOnly?.()) return false;
  const { definition, renamed, freed, added } = applied(
    readDraft(draft.doc, draft.catalogue),
    reviews,
    take,
  );
  draft.onEdit?.(undefined);
  draft.doc.transact(() => {
    // What was proposed for a text meets what others type in it: the two are merged, also by a program.
    writeDraft({ ...draft, texts: 'merge' }, definition);
    renameInDraft(draft, freed, added);
    renameInDraft(draft, renamed);
  }, draft.origin);
  // What is typed next is a step of its own.
  draft.onEdit?.(undefined);
  return true;
}

function applied(now: Definition, reviews: readonly Review[], take: ReadonlySet<string>): Applied {
  const result: Applied = {
    definition: { ...now },
    renamed: new Map(),
    freed: new Map(),
    added: new Set(),
  };
  // Connections last: they need their ends.
  const order = ['meta', 'groups', 'nodes', 'notes', 'edges'];
  const sorted = [...reviews].sort(
    (a, b) => order.indexOf(a.change.part) - order.indexOf(b.change.part),
  );
  for (const review of sorted) applyOne(result, review, take);
  return result;
}

function applyOne(result: Applied, review: Review, take: ReadonlySet<string>): void {
  const { change, state } = review;
  const { definition } = result;
  if (state === 'done' || state === 'gone') return;
  if (change.part === 'meta') {
    result.definition = withFields(definition, review, take, []);
  } else if (change.change === 'changed') {
    const was = definition.nodes.find((node) => node.id === change.id)?.key;
    const list: readonly { id: string }[] = definition[change.part] ?? [];
    const taken = change.part === 'nodes' ? otherKeys(definition, change.id) : [];
    const changed = list.map((each) =>
      each.id === change.id ? withFields(each, review, take, taken) : each,
    );
    result.definition = { ...definition, [change.part]: changed };
    const key = result.definition.nodes.find((node) => node.id === change.id)?.key;
    if (was !== undefined && key !== undefined && was !== key) result.renamed.set(was, key);
  } else if (change.change === 'added') add(result, review);
  else if (state !== 'conflict' || take.has(change.key)) remove(result, review);
}

function add(result: Applied, { change }: Review): void {
  const { definition } = result;
  if (change.part === 'meta' || !change.element) return;
  if (change.part === 'nodes') {
    const node = nodeSchema.safeParse(change.element);
    if (!node.success || definition.nodes.length >= workflowLimits.nodes) return;
    const key = freeKey(node.data.key, otherKeys(definition, change.id));
    if (key !== node.data.key) result.freed.set(node.data.key, key);
    result.added.add(change.id);
    result.definition = { ...definition, nodes: [...definition.nodes, { ...node.data, key }] };
    return;
  }
  const edge = edgeOf(change);
  if (edge) {
    const ids = new Set(definition.nodes.map((node) => node.id));
    if (!ids.has(edge.source) || !ids.has(edge.target) || closesCircle(definition, edge)) return;
  }
  const list: readonly unknown[] = definition[change.part] ?? [];
  result.definition = { ...definition, [change.part]: [...list, change.element] };
}

function remove(result: Applied, { change }: Review): void {
  const { definition } = result;
  if (change.part === 'meta') return;
  const list: readonly { id: string }[] = definition[change.part] ?? [];
  const left = { ...definition, [change.part]: list.filter((each) => each.id !== change.id) };
  const lone = (edge: { source: string; target: string }) =>
    change.part === 'nodes' && (edge.source === change.id || edge.target === change.id);
  result.definition = { ...left, edges: left.edges.filter((edge) => !lone(edge)) };
}

/** An element, or the workflow itself, with the accepted fields in it. */
function withFields<Element extends object>(
  element: Element,
  review: Review,
  take: ReadonlySet<string>,
  takenKeys: readonly string[],
): Element {
  const next = { ...element } as Record<string, unknown>;
  const config: JsonObject = { ...(next.config as JsonObject | undefined) };
  for (const { path, state, result } of review.fields) {
    if (state === 'done') continue;
    if (state === 'conflict' && !take.has(fieldKey(review.change.key, path))) continue;
    if (path.startsWith('config.')) put(config, path.slice('config.'.length), result);
    else if (path === 'size') Object.assign(next, result);
    else if (path === 'key') put(next, path, freeKey(String(result), takenKeys));
    else put(next, path, path === 'description' ? (result ?? '') : result);
  }
  if ('config' in next) next.config = config;
  return next as Element;
}

function put(object: Record<string, unknown>, name: string, value: Json | undefined): void {
  if (value === undefined) delete object[name];
  else object[name] = value;
}

const otherKeys = (definition: Definition, id: string) =>
  definition.nodes.filter((node) => node.id !== id).map((node) => node.key);

function freeKey(wanted: string, taken: readonly string[]): string {
  if (!taken.includes(wanted)) return wanted;
  const base = wanted.replace(/_\d+$/, '').slice(0, 58) || 'step';
  let number = 2;
  while (taken.includes(`${base}_${number}`)) number += 1;
  return `${base}_${number}`;
}

function closesCircle(
  { edges }: Definition,
  { source, target }: { source: string; target: string },
): boolean {
  const seen = new Set<string>();
  const waiting = [target];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (id === source) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    for (const edge of edges) if (edge.source === id) waiting.push(edge.target);
  }
  return false;
}
