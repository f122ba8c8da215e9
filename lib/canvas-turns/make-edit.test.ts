import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { changeByRules } from '@/lib/canvas-turns/rules/change-by-rules';
import { catalogue } from '@/lib/nodes/catalogue';
import { type Draft, readDraft, writeDraft } from '@/lib/workflows/draft/draft';
import { findProblems } from '@/lib/workflows/problems/problems';
import type { Definition } from '@/lib/workflows/schema';
import type { AgentEdit } from './agent-edit';
import { makeAgentEdit } from './make-edit';

const at = (x: number) => ({ x, y: 0 });
const mail: Definition = {
  schema: 1,
  name: 'Answer mail',
  description: '',
  nodes: [
    {
      ...{ id: 's', key: 'start', type: 'start', name: 'Start', position: at(0) },
      config: { inputs: [{ id: 'i', name: 'message', type: 'text', required: true }] },
    },
    {
      ...{ id: 'd', key: 'draft', type: 'model', name: 'Draft a reply', position: at(272) },
      config: { model: 'auto', prompt: 'Answer: {{ steps.start.output.message }}' },
    },
    {
      ...{ id: 'o', key: 'result', type: 'output', name: 'Result', position: at(544) },
      config: { format: 'markdown', template: '{{ steps.draft.output.text }}' },
    },
  ],
  edges: [
    { id: '1', source: 's', sourcePort: 'out', target: 'd', targetPort: 'in' },
    { id: '2', source: 'd', sourcePort: 'out', target: 'o', targetPort: 'in' },
  ],
};
const known = { agents: ['writer'], me: 'ada@example.com', timeZone: 'UTC' };

function open(definition: Definition) {
  const draft: Draft = { doc: new Y.Doc(), catalogue, origin: 'test' };
  writeDraft(draft, definition);
  let count = 0;
  const make = (edit: AgentEdit, handsOff: (id: string) => string | undefined = () => undefined) =>
    makeAgentEdit(
      {
        draft,
        types: catalogue,
        handsOff,
        idOf: (what) => `${what.replaceAll(' ', '-')}-${count++}`,
      },
      edit,
    );
  return { make, read: () => readDraft(draft.doc, catalogue) };
}

const errors = (definition: Definition) =>
  findProblems(definition, catalogue, { agents: known.agents }).filter(
    ({ severity }) => severity === 'error',
  );

/** The workflow after what the rules make of a message. */
function changedBy(text: string, selected: string[] = []) {
  const { make, read } = open(mail);
  const { edits } = changeByRules(mail, { text, selected, known, catalogue });
  for (const edit of edits) expect(make(edit)).toMatchObject({ ok: true });
  return { edits, definition: read() };
}
const path = ({ nodes, edges }: Definition) =>
  edges
    .map(({ source, target }) =>
      [source, target].map((id) => nodes.find((node) => node.id === id)?.key).join('>'),
    )
    .sort();

describe('by the words of a message alone', () => {
  test.each([
    ['Translate the result into French', 'translate', ['draft>translate', 'translate>result']],
    ['Please add a step that summarises it', 'summary', ['draft>summary', 'summary>result']],
    ['Ask me for approval before Result', 'approve', ['approve>result', 'draft>approve']],
    ['Extract names and dates after Start', 'extract', ['extract>draft', 'start>extract']],
  ])('%s', (text, key, wires) => {
    const { definition } = changedBy(text);
    expect(definition.nodes.map((node) => node.key)).toContain(key);
    for (const wire of wires) expect(path(definition)).toContain(wire);
    expect(errors(definition)).toEqual([]);
    for (const node of mail.nodes) {
      expect(definition.nodes.find(({ id }) => id === node.id)?.position).toEqual(node.position);
    }
  });

  test('removes, renames, and understands nothing of what is no change', () => {
    const removed = changedBy('Remove the step “Draft a reply”').definition;
    expect(path(removed)).toEqual(['start>result']);
    const renamed = changedBy('Rename Draft a reply to Reply').definition;
    expect(renamed.nodes.map(({ name }) => name)).toContain('Reply');
    expect(changedBy('Hello there').edits).toEqual([]);
    // A selected step is what it is about.
    expect(path(changedBy('Summarise it', ['s']).definition)).toContain('summary>draft');
  });
});

test('builds on an empty canvas what a message describes', () => {
  const empty: Definition = { ...mail, nodes: [], edges: [] };
  const { make, read } = open(empty);
  const text = 'Summarise a text, translate it into German and ask me for approval';
  const { edits } = changeByRules(empty, { text, selected: [], known, catalogue });
  for (const edit of edits) expect(make(edit)).toMatchObject({ ok: true });
  expect(read().nodes.map(({ type }) => type)).toEqual([
    ...['start', 'model', 'model', 'approval', 'output', 'output'],
  ]);
  expect(errors(read())).toEqual([]);
});

test('says why an edit is not made', () => {
  const { make, read } = open(mail);
  const why = (edit: AgentEdit, handsOff?: (id: string) => string | undefined) => {
    const made = make(edit, handsOff);
    return made.ok ? 'made' : made.why;
  };
  expect(why({ edit: 'rename', step: 'drat', name: 'X' })).toContain('Did you mean draft?');
  expect(why({ edit: 'add', step: 'x', type: 'modle' })).toContain('or model?');
  expect(why({ edit: 'add', step: 'draft', type: 'model' })).toContain('already');
  expect(why({ edit: 'connect', step: 'result', to: 'start' })).toContain('cycle');
  expect(why({ edit: 'remove', step: 'draft' }, () => 'Ana is at it.')).toBe('Ana is at it.');
  expect(read()).toEqual(open(mail).read());
  expect(why({ edit: 'disconnect', step: 'start', to: 'draft' })).toBe('made');
  expect(path(read())).toEqual(['draft>result']);
});
