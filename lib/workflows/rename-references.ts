import * as Y from 'yjs';
import { renameReferences, type TextKind } from '@/lib/expressions/references';
import { type Draft, draftParts } from './draft';
import { type FieldShape, type FieldShapes, shapesOf } from './draft-shape';
import { sameJson } from './draft-value';
import { mergeText } from './merge-text';

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
    const config = node instanceof Y.Map ? node.get('config') : undefined;
    if (!(node instanceof Y.Map) || !(config instanceof Y.Map)) continue;
    renameInMap(config, shapesOf(draft.catalogue, String(node.get('type'))), keys);
  }
}

function renameInMap(
  map: Y.Map<unknown>,
  shapes: FieldShapes,
  keys: ReadonlyMap<string, string>,
): void {
  for (const [name, value] of [...map.entries()]) {
    const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
    if (value instanceof Y.Text) {
      mergeText(value, renamed(value.toString(), keys, kindOf(shape)));
    } else if (value instanceof Y.Array) {
      const fields = shape?.kind === 'rows' ? shape.fields : {};
      for (const item of value) if (item instanceof Y.Map) renameInMap(item, fields, keys);
    } else if (!(value instanceof Y.AbstractType)) {
      const changed = renameInJson(value, keys);
      if (!sameJson(value, changed)) map.set(name, changed);
    }
  }
}

function renameInJson(value: unknown, keys: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return renamed(value, keys, undefined);
  if (Array.isArray(value)) return value.map((item) => renameInJson(item, keys));
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, renameInJson(inner, keys)]),
  );
}

function renamed(text: string, keys: ReadonlyMap<string, string>, kind: TextKind | undefined) {
  if (!text.includes('steps')) return text;
  // By way of names that nobody uses: with a → b and b → c, what named a must not end as c.
  let result = text;
  const pairs = [...keys];
  pairs.forEach(([from], i) => {
    result = renameReferences(result, from, `renaming_${i}_`, kind);
  });
  pairs.forEach(([, to], i) => {
    result = renameReferences(result, `renaming_${i}_`, to, kind);
  });
  return result;
}

function kindOf(shape: FieldShape | undefined): TextKind | undefined {
  if (shape?.kind !== 'text') return undefined;
  return shape.widget === 'expression' ? 'expression' : 'template';
}
