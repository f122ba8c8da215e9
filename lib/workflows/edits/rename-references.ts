import * as Y from 'yjs';
import { renameReferences, renamesIn, type TextKind } from '@/lib/expressions/references';
import { type Draft, draftParts } from '../draft/draft';
import {
  type DraftCatalogue,
  type FieldShape,
  type FieldShapes,
  shapesOf,
} from '../draft/draft-shape';
import { sameJson } from '../draft/draft-value';

export type NameFor = (key: string) => string | undefined;
/**
 * How a shared text is rewritten. `whole`: keys are replaced as a whole, so that rewrites that meet stand side by side
 * and `repair-references.ts` knows them again. `least`: a key of which the new name is a part only loses the rest, so
 * that two who do the same at once do it once.
 */
export type Rewrite = 'whole' | 'least';

/**
 * Rewrites `steps.<old>` to `steps.<new>` in every config, or in those of `only`. All keys change at once, so that
 * two may swap. Call inside a transaction.
 */
export function renameInDraft(
  draft: Draft,
  keys: ReadonlyMap<string, string>,
  only?: ReadonlySet<string>,
): void {
  if (keys.size === 0) return;
  for (const [id, node] of draftParts(draft.doc).nodes.entries()) {
    if (only && !only.has(id)) continue;
    if (!(node instanceof Y.Map)) continue;
    for (const write of rewritesIn(node, draft.catalogue, (key) => keys.get(key), 'whole')) write();
  }
}

/** What gives the references in a node's config other names: one deed for each field, to be done inside a transaction. */
export function rewritesIn(
  node: Y.Map<unknown>,
  catalogue: DraftCatalogue,
  nameFor: NameFor,
  how: Rewrite,
): (() => void)[] {
  const config = node.get('config');
  if (!(config instanceof Y.Map)) return [];
  return inMap(config, shapesOf(catalogue, String(node.get('type'))), nameFor, how);
}

function inMap(
  map: Y.Map<unknown>,
  shapes: FieldShapes,
  nameFor: NameFor,
  how: Rewrite,
): (() => void)[] {
  return [...map.entries()].flatMap(([name, value]): (() => void)[] => {
    const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
    if (value instanceof Y.Text) return inText(value, nameFor, kindOf(shape), how);
    if (value instanceof Y.Array) {
      const fields = shape?.kind === 'rows' ? shape.fields : {};
      return value
        .toArray()
        .flatMap((item) => (item instanceof Y.Map ? inMap(item, fields, nameFor, how) : []));
    }
    if (value instanceof Y.AbstractType) return [];
    const changed = inJson(value, nameFor);
    return sameJson(value, changed) ? [] : [() => map.set(name, changed)];
  });
}

function inText(
  text: Y.Text,
  nameFor: NameFor,
  kind: TextKind | undefined,
  how: Rewrite,
): (() => void)[] {
  const now = text.toString();
  const renames = renamesIn(now, nameFor, kind);
  if (renames.length === 0) return [];
  return [
    () => {
      for (const { range, to } of renames) {
        const at = how === 'least' ? now.slice(range.start, range.end).lastIndexOf(to) : -1;
        if (at < 0) {
          text.delete(range.start, range.end - range.start);
          text.insert(range.start, to);
          continue;
        }
        const rest = range.start + at + to.length;
        if (rest < range.end) text.delete(rest, range.end - rest);
        if (at > 0) text.delete(range.start, at);
      }
    },
  ];
}

function inJson(value: unknown, nameFor: NameFor): unknown {
  if (typeof value === 'string') return renameReferences(value, nameFor);
  if (Array.isArray(value)) return value.map((item) => inJson(item, nameFor));
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, inJson(inner, nameFor)]),
  );
}

function kindOf(shape: FieldShape | undefined): TextKind | undefined {
  if (shape?.kind !== 'text') return undefined;
  const { widget } = shape;
  return widget === 'expression' || widget === 'code' ? widget : 'template';
}
