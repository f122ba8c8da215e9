import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { Form } from '@/components/form/form';
import { type FormHost, FormHostProvider } from '@/components/form/host';
import { inputsOf } from '@/components/runs/start-inputs';
import { ActorProvider } from '@/components/shell/actor-context';
import { ada } from '@/components/testing/show';
import { TooltipProvider } from '@/components/ui/controls/tooltip';
import type { DraftNode, Graph } from '@/lib/canvas/graph';
import { drawingOf } from '@/lib/canvas/node-types';
import { relatedTo } from '@/lib/canvas/related';
import { searchableTexts } from '@/lib/canvas/searchable-texts';
import { catalogue } from '@/lib/nodes/catalogue';
import type { NodeType } from '@/lib/nodes/node-type/define-node';
import { fieldsOf } from '@/lib/nodes/node-type/form-fields';
import type { Json } from '@/lib/workflows/draft/draft-value';
import { findProblems } from '@/lib/workflows/problems/problems';

const anything: Json[] = [
  null,
  1,
  true,
  'text',
  [],
  [1, null, 'a', []],
  {},
  { id: 'x', name: 5, label: 6, type: {}, condition: 7, value: null },
  [{}, { id: 'r1', name: 5, label: 6, type: [], condition: 7, when: 8, value: null, agent: 9 }],
];

/** Every setting of every type with every kind of value in it. */
const strange = Object.values(catalogue as Record<string, NodeType>).flatMap((type) =>
  Object.keys(type.config.shape).flatMap((name) =>
    anything.map((value) => ({ type, config: { [name]: value } })),
  ),
);

const host: FormHost = {
  readOnly: false,
  problems: [],
  set: () => undefined,
  addRow: () => undefined,
  removeRow: () => undefined,
  moveRow: () => undefined,
};

const nodeOf = (type: string, config: DraftNode['config']): DraftNode => ({
  id: 'a',
  key: 'a',
  type,
  name: 'A',
  position: { x: 0, y: 0 },
  config,
});

const graphOf = (node: DraftNode): Graph => ({
  name: 'W',
  description: '',
  nodes: new Map([[node.id, node]]),
  edges: new Map(),
  groups: new Map(),
  notes: new Map(),
});

it('draws, checks and searches every stored value, whatever kind it has', () => {
  for (const { type, config } of strange) {
    const node = nodeOf(type.type, config);
    const graph = graphOf(node);
    const drawn = drawingOf(node);
    expect(typeof drawn.subtitle).toBe('string');
    for (const port of drawn.ports)
      expect([typeof port.id, typeof port.label]).toEqual(['string', 'string']);
    inputsOf(graph);
    relatedTo(graph, 'a');
    const draft = { doc: new Y.Doc(), catalogue, origin: null };
    searchableTexts(draft, graph);
    findProblems({ schema: 1, name: 'W', description: '', nodes: [node], edges: [] }, catalogue);
  }
  expect(strange.length).toBeGreaterThan(400);
});

it('shows a form for every stored value, whatever kind it has', () => {
  const client = new QueryClient();
  for (const type of Object.values(catalogue as Record<string, NodeType>)) {
    const fields = fieldsOf(type.config);
    for (const value of anything) {
      const config = Object.fromEntries(
        Object.keys(type.config.shape).map((name) => [name, value]),
      );
      const form = (
        <QueryClientProvider client={client}>
          <ActorProvider actor={ada}>
            <TooltipProvider>
              <FormHostProvider value={host}>
                <Form fields={fields} value={config} />
              </FormHostProvider>
            </TooltipProvider>
          </ActorProvider>
        </QueryClientProvider>
      );
      const shown = fields.length === 0 ? '' : 'data-field';
      expect(renderToStaticMarkup(form), `${type.type} ${JSON.stringify(value)}`).toContain(shown);
    }
  }
});

it('knows no type by the names that every object has', () => {
  for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
    expect(drawingOf(nodeOf(name, {})).subtitle).toContain('Unknown type');
  }
});
