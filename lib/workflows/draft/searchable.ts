import * as Y from 'yjs';
import { type Definition, workflowLimits } from '../schema';
import { draftParts, readMeta } from './draft';

/** What a workflow's row repeats of its draft, to list and to find it. */
export type Searchable = {
  name: string;
  description: string;
  steps: { id: string; name: string }[];
};

export const searchableOf = ({ name, description, nodes }: Definition): Searchable => ({
  name,
  description,
  steps: nodes.map((node) => ({ id: node.id, name: node.name })),
});

/** The same of a document, without reading all of it. */
export function readSearchable(doc: Y.Doc): Searchable {
  const steps: Searchable['steps'] = [];
  for (const [id, node] of draftParts(doc).nodes) {
    const value = node instanceof Y.Map ? node.get('name') : undefined;
    const name = value instanceof Y.Text ? value.toString() : value;
    if (typeof name === 'string')
      steps.push({ id, name: name.slice(0, workflowLimits.nameLength) });
  }
  const { name, description } = readMeta(doc);
  return { name, description, steps };
}
