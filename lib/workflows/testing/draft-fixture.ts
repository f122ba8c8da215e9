import * as Y from 'yjs';
import { z } from 'zod';
import type { Draft } from '../draft/draft';
import type { DraftCatalogue } from '../draft/draft-shape';
import type { Definition } from '../schema';

/** Node types with every kind of field that a draft knows. */
export const catalogue: DraftCatalogue = {
  agent: {
    config: z.strictObject({
      prompt: z.string().min(1).meta({ widget: 'prompt' }),
      system: z.string().optional().meta({ widget: 'prompt' }),
      format: z.string().meta({ widget: 'template' }).default('plain'),
      agent: z.string().optional().meta({ widget: 'agent' }),
      limit: z.number().optional(),
    }),
  },
  switch: {
    config: z.strictObject({
      cases: z
        .array(
          z.strictObject({
            id: z.string(),
            label: z.string().default(''),
            when: z.string().meta({ widget: 'expression' }),
          }),
        )
        .meta({ widget: 'rows' }),
    }),
  },
};

/** A draft of its own, edited as `me`. */
export const draft = (doc = new Y.Doc()): Draft => ({ doc, catalogue, origin: 'me' });
export const definition = (given: Partial<Definition> = {}): Definition => ({
  schema: 1,
  name: 'Test',
  description: '',
  nodes: [],
  edges: [],
  ...given,
});
export const node = (
  id: string,
  config: Definition['nodes'][number]['config'],
  type = 'agent',
) => ({
  id,
  key: id,
  type,
  name: id,
  position: { x: 1, y: 2 },
  config,
});
export const edge = (id: string, source: string, target: string) => ({
  id,
  source,
  sourcePort: 'out',
  target,
  targetPort: 'in',
});

/** How many updates some work made. */
export function updatesOf({ doc }: Draft, work: () => void): number {
  let count = 0;
  const listener = () => {
    count += 1;
  };
  doc.on('update', listener);
  work();
  doc.off('update', listener);
  return count;
}
