import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { catalogue } from '@/lib/nodes/catalogue';
import { type Draft, readDraft, writeDraft } from '../draft/draft';
import { makeEdits, namedEditsSchema } from './named-edits';

const base = { position: { x: 0, y: 0 }, name: 'A' };

function draftWith(config: Record<string, never>): Draft {
  const draft = { doc: new Y.Doc(), catalogue, origin: 'test' };
  const nodes = [{ ...base, id: 'a', key: 'a', type: 'switch', config }];
  writeDraft(draft, { schema: 1, name: 'W', description: '', nodes, edges: [] });
  return draft;
}

const edit = (draft: Draft, one: unknown) => makeEdits(draft, namedEditsSchema.parse([one]));

it.each([
  [
    { edit: 'addNode', node: { ...base, id: 'b', type: 'transform', config: { expression: 1 } } },
    'Single expression',
  ],
  [{ edit: 'setField', nodeId: 'a', path: ['cases'], value: 'none' }, 'Cases'],
  [{ edit: 'setField', nodeId: 'a', path: ['cases', 'r1', 'condition'], value: 7 }, 'Condition'],
  [
    { edit: 'addRow', nodeId: 'a', field: 'cases', row: { id: 'r2', condition: true } },
    'Condition',
  ],
])('refuses a setting of the wrong kind, and names it: %j', (one, name) => {
  const draft = draftWith({ cases: [{ id: 'r1', label: '', condition: 'true' }] } as never);
  expect(() => edit(draft, one)).toThrow(`${name} must be`);
});

it('edits a step that holds a wrong value elsewhere, and repairs it', () => {
  const draft = draftWith({ cases: 5, mode: 1 } as never);
  edit(draft, { edit: 'setField', nodeId: 'a', path: ['mode'], value: 'all' });
  edit(draft, { edit: 'setField', nodeId: 'a', path: ['cases'], value: [] });
  expect(readDraft(draft.doc, catalogue).nodes[0]?.config).toEqual({ cases: [], mode: 'all' });
});
