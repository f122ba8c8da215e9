import * as Y from 'yjs';
import { readJson } from '@/lib/api/json/read-json';
import { type Field, fieldsOf } from '@/lib/nodes/node-type/form-fields';
import { type Draft, draftParts, readMeta } from '@/lib/workflows/draft/draft';
import { toJson } from '@/lib/workflows/draft/draft-value';
import { renameNode, setField, setMeta } from '@/lib/workflows/edits/edits';
import type { DraftNode, Graph } from './graph';
import { type FindOptions, findMatches, type Match } from './matches';
import { typeOf } from './node-types';
import { inFlowOrder } from './outline-rows';

/** A text of the workflow that can be searched and written. */
export type SearchableText = {
  id: string;
  /** The step that it belongs to; absent for notes and for the workflow itself. */
  nodeId?: string;
  noteId?: string;
  /** Path of the field joined by `.`, as the form marks it; `name` for a step's name has none. */
  field?: string;
  /** What the results are grouped under, and the name of the text in it. */
  group: string;
  label: string;
  text: string;
  /** The shared text, edited in place; without one `write` sets the whole value. */
  shared?: Y.Text;
  write(text: string): void;
};
export type Found = { source: SearchableText; matches: Match[] };

/** The workflow's own description among the fields of its steps. */
export const descriptionField = 'workflow.description';

/** Words of settings that are chosen, not written: replacing inside them would break them. */
const chosen = new Set(['select', 'agent', 'model', 'boolean', 'number', 'file', 'workflow']);

/** Every text that people write: names, descriptions, prompts, code, JSON, notes; steps in the order of the run. */
export function searchableTexts(draft: Draft, graph: Graph): SearchableText[] {
  const { meta, notes } = draftParts(draft.doc);
  const now = readMeta(draft.doc);
  const description = meta.get('description');
  const own: SearchableText[] = [
    {
      id: 'meta:name',
      group: 'Workflow',
      label: 'Name',
      text: now.name,
      write: (name) => setMeta(draft, { name }),
    },
    {
      id: 'meta:description',
      group: 'Workflow',
      label: 'Description',
      field: descriptionField,
      text: now.description,
      ...(description instanceof Y.Text ? { shared: description } : {}),
      write: (text) => setMeta(draft, { description: text }),
    },
  ];
  const papers = [...notes.entries()].flatMap(([noteId, note]): SearchableText[] => {
    const text = note instanceof Y.Map ? note.get('text') : undefined;
    if (!(text instanceof Y.Text)) return [];
    const source = { id: `note:${noteId}`, noteId, group: 'Notes', label: 'Note' };
    return [{ ...source, text: text.toString(), shared: text, write: () => undefined }];
  });
  return [
    ...own,
    ...inFlowOrder(graph).flatMap((node) => textsOfNode(draft, node)),
    ...papers,
  ].filter((source) => source.text !== '');
}

function textsOfNode(draft: Draft, node: DraftNode): SearchableText[] {
  const entry = draftParts(draft.doc).nodes.get(node.id);
  const config = entry instanceof Y.Map ? entry.get('config') : undefined;
  const type = typeOf(node.type);
  const found: SearchableText[] = [
    {
      id: `${node.id}:name`,
      nodeId: node.id,
      group: node.name,
      label: 'Name',
      text: node.name,
      write: (name) => renameNode(draft, node.id, name),
    },
  ];
  if (config instanceof Y.Map && type) {
    walk(draft, node, config, fieldsOf(type.config), [], [], found);
  }
  return found;
}

function walk(
  draft: Draft,
  node: DraftNode,
  map: Y.Map<unknown>,
  fields: readonly Field[],
  path: readonly string[],
  titles: readonly string[],
  found: SearchableText[],
): void {
  for (const field of fields) {
    const value = map.get(field.name);
    const at = [...path, field.name];
    const names = [...titles, field.title];
    if (value === undefined || chosen.has(field.control.kind)) continue;
    if (value instanceof Y.Array && field.control.kind === 'rows') {
      const inner = field.control.fields;
      value.toArray().forEach((row, index) => {
        const id = row instanceof Y.Map ? row.get('id') : undefined;
        if (!(row instanceof Y.Map) || typeof id !== 'string') return;
        const title = `${field.title} ${index + 1}`;
        walk(draft, node, row, inner, [...at, id], [...titles, title], found);
      });
      continue;
    }
    const json = value instanceof Y.Text ? undefined : toJson(value);
    const text = value instanceof Y.Text ? value.toString() : textOfJson(json);
    if (text === undefined) continue;
    found.push({
      id: `${node.id}:${at.join('.')}`,
      nodeId: node.id,
      field: at.join('.'),
      group: node.name,
      label: names.join(' · '),
      text,
      ...(value instanceof Y.Text ? { shared: value } : {}),
      write: (next) => {
        const read = typeof json === 'string' ? undefined : readJson(next, 0);
        if (!read) setField(draft, node.id, at, next);
        else if (read.ok) setField(draft, node.id, at, toJson(read.value));
      },
    });
  }
}

/** A plain value as text: a string itself, an object or a list as JSON; other values are not written by hand. */
function textOfJson(value: ReturnType<typeof toJson>): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'object' && value !== null ? JSON.stringify(value, null, 2) : undefined;
}

/** The texts that contain what is wanted, with all of its matches. */
export function search(
  texts: readonly SearchableText[],
  wanted: string,
  options: FindOptions,
): Found[] {
  return texts.flatMap((source) => {
    const matches = findMatches(source.text, wanted, options);
    return matches.length > 0 ? [{ source, matches }] : [];
  });
}

/**
 * Replaces matches, as one step to undo. In shared texts only the matches themselves change, so that carets and what
 * others type elsewhere stay. Gives how many were replaced: what somebody changed meanwhile is left alone.
 */
export function replaceMatches(draft: Draft, found: readonly Found[], by: string): number {
  if (draft.readOnly?.()) return 0;
  let count = 0;
  // Names last: a step that is renamed rewrites what refers to it in other texts.
  const order = [...found].sort((a, b) => Number(!a.source.shared) - Number(!b.source.shared));
  draft.onEdit?.(undefined);
  draft.doc.transact(() => {
    for (const { source, matches } of order) {
      const now = source.shared?.toString() ?? source.text;
      if (now !== source.text) continue;
      let { text } = source;
      for (const { from, to } of matches.toReversed()) {
        text = text.slice(0, from) + by + text.slice(to);
        if (source.shared) {
          source.shared.delete(from, to - from);
          if (by !== '') source.shared.insert(from, by);
        }
      }
      if (!source.shared) source.write(text);
      count += matches.length;
    }
  }, draft.origin);
  return count;
}
