import * as Y from 'yjs';
import type { z } from 'zod';
import { catalogue } from '@/lib/nodes/catalogue';
import { applyReviews } from '@/lib/suggestions/apply';
import { reverse } from '@/lib/suggestions/changes';
import { reviewChanges } from '@/lib/suggestions/review';
import type { Change } from '@/lib/suggestions/schema';
import { type Draft, readDraft, writeDraft } from '@/lib/workflows/draft/draft';
import {
  addNode,
  connect,
  removeElements,
  setDisabled,
  setField,
  textOf,
} from '@/lib/workflows/edits/edits';
import { makeEdits, type namedEditsSchema } from '@/lib/workflows/edits/named-edits';
import { repairDraft } from '@/lib/workflows/repair/repair';
import { type Definition, definitionSchema } from '@/lib/workflows/schema';

/** What an editor does on a canvas. */
type EditorCall = {
  kind: 'editor';
  does: 'add' | 'connect' | 'remove' | 'disable' | 'format' | 'type';
  id: string;
  to: string;
};
/** One thing that somebody does to a draft. */
export type Call =
  | { kind: 'put'; definition: Definition }
  | { kind: 'edits'; edits: z.infer<typeof namedEditsSchema> }
  | { kind: 'accept'; suggestionId: string; keys: string[]; update: string; changes: Change[] }
  | { kind: 'undo'; editId: string; changes: Change[] }
  | EditorCall;

const position = { x: 0, y: 0 };
const output = (id: string, template: string) => ({
  ...{ id, key: id, type: 'output', name: id, position },
  config: { format: 'text', template },
});
const transform = (id: string, name = id) => ({
  ...{ id, key: id, type: 'transform', name, position },
  config: { expression: '1' },
});

/** What every round begins with. */
export const firstDefinition: Definition = definitionSchema.parse({
  ...{ schema: 1, name: 'Order' },
  nodes: [output('a', 'Dear customer.'), transform('b'), transform('c')],
  edges: [{ id: 'bc', source: 'b', target: 'c' }],
});

/** An edit that is made before the round, for taking it back in it. */
export const editBefore: Extract<Call, { kind: 'edits' }>['edits'] = [
  { edit: 'setField', nodeId: 'c', path: ['expression'], value: '5' },
];
/** What is suggested before the round. */
export const suggested: Extract<Call, { kind: 'edits' }>['edits'] = [
  { edit: 'setField', nodeId: 'b', path: ['expression'], value: '7' },
  {
    edit: 'addNode',
    node: { ...transform('s', 'Sum up'), key: undefined, position, config: { expression: '2' } },
  },
];

/** Random calls of programs: {@link firstDefinition} and what stands for others are theirs to fight about. */
export function programCall(random: () => number, name: string): Call {
  const pick = <T>(...of: T[]): T => of[Math.floor(random() * of.length)] as T;
  const edits = (...all: Extract<Call, { kind: 'edits' }>['edits']): Call => ({
    kind: 'edits',
    edits: all,
  });
  const ends = pick(['b', 'c'], ['c', 'b'], ['a', 'b'], ['b', 'a'], ['c', 'a']);
  const [source = '', target = ''] = ends;
  return pick<() => Call>(
    () => ({
      kind: 'put',
      definition: definitionSchema.parse({
        ...{ schema: 1, name },
        nodes: [
          output('a', `All from ${name}.`),
          transform(`${name}1`, pick('Sum up', name)),
          ...(random() < 0.5 ? [transform('b')] : []),
        ],
        edges: [{ id: `a${name}`, source: `${name}1`, target: 'a' }],
      }),
    }),
    () => edits({ edit: 'setField', nodeId: 'a', path: ['template'], value: `Set by ${name}.` }),
    () => edits({ edit: 'setField', nodeId: 'b', path: ['expression'], value: `"${name}"` }),
    () =>
      edits({
        edit: 'addNode',
        node: {
          id: pick(name, 'one'),
          type: 'transform',
          name: 'Sum up',
          position,
          config: { expression: '3' },
        },
      }),
    () =>
      edits({
        edit: 'connect',
        edge: { id: `x${name}`, source, target, sourcePort: 'out', targetPort: 'in' },
      }),
    () => edits({ edit: 'removeElements', nodes: [pick('b', 'c')], edges: [], notes: [] }),
    () =>
      edits(
        { edit: 'setField', nodeId: 'c', path: ['expression'], value: `"${name}"` },
        { edit: 'setMeta', name: `Named by ${name}` },
      ),
  )();
}

export function editorCall(random: () => number, name: string): EditorCall {
  const pick = <T>(...of: T[]): T => of[Math.floor(random() * of.length)] as T;
  const does = pick('add', 'connect', 'remove', 'disable', 'format', 'type', 'type');
  const id =
    does === 'add' ? `e${name}` : does === 'type' || does === 'format' ? 'a' : pick('b', 'c');
  return { kind: 'editor', does, id, to: pick('a', id === 'b' ? 'c' : 'b') };
}

/** What editors type; it is left out where results are compared. */
export const typed = '⟦typed⟧';

/** Does on a document what an editor does. */
export function doAsEditor(draft: Draft, { does, id, to }: EditorCall): void {
  const node = { id, type: 'transform', name: 'Sum up', position, config: { expression: '4' } };
  if (does === 'add') addNode(draft, node);
  else if (does === 'remove') removeElements(draft, { nodes: [id] });
  else if (does === 'disable') setDisabled(draft, [id], true);
  else if (does === 'format') setField(draft, id, ['format'], 'json');
  else if (does === 'connect') {
    const edge = { id: `e${id}${to}`, source: id, target: to, sourcePort: 'out', targetPort: 'in' };
    connect(draft, edge);
  } else {
    const text = textOf(draft, id, ['template']);
    text?.insert(Math.min(5, text.length), typed);
  }
}

/** What calls leave one after the other; a call that is refused changes nothing. */
export function afterAll(base: Uint8Array, calls: readonly Call[]): Definition {
  let state = base;
  for (const call of calls) {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, state);
    try {
      const draft = { doc, catalogue, origin: 'test', texts: 'replace' } as const;
      perform(draft, call);
      repairDraft(draft);
      state = Y.encodeStateAsUpdate(doc);
    } catch {
      // Refused.
    }
  }
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  return readDraft(doc, catalogue);
}

function perform(draft: Draft, call: Call): void {
  const now = () => readDraft(draft.doc, catalogue);
  switch (call.kind) {
    case 'put':
      writeDraft(draft, call.definition);
      return;
    case 'edits':
      makeEdits(draft, call.edits);
      return;
    case 'undo':
      applyReviews(draft, reviewChanges(reverse(call.changes), { now: now(), catalogue }));
      return;
    case 'accept': {
      const together = new Y.Doc();
      Y.applyUpdate(together, Y.encodeStateAsUpdate(draft.doc));
      Y.applyUpdate(together, Buffer.from(call.update, 'base64'));
      const merged = readDraft(together, catalogue);
      applyReviews(draft, reviewChanges(call.changes, { now: now(), merged, catalogue }));
      return;
    }
    case 'editor':
      doAsEditor({ ...draft, texts: 'merge' }, call);
  }
}

/** A definition for comparing: without what depends on who came first and is right either way. */
export function plain({ name, nodes, edges }: Definition): unknown {
  const clean = (value: unknown) =>
    typeof value === 'string' ? value.replaceAll(typed, '') : value;
  return {
    name,
    nodes: nodes
      .map(({ id, key, type, name: title, config, disabled }) => ({
        ...{ id, key: key.replace(/_\d+$/, ''), type, title, disabled: disabled === true },
        config: Object.fromEntries(Object.entries(config).map(([k, v]) => [k, clean(v)])),
      }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    edges: edges.map(({ source, target }) => `${source} ${target}`).sort(),
  };
}
