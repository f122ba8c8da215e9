import { cleanName } from '@/lib/names/name-problem';
import type { Json } from '@/lib/workflows/draft/draft-value';
import { layoutWorkflow } from '@/lib/workflows/layout';
import type { Catalogue } from '@/lib/workflows/node-catalogue';
import { type Definition, definitionSchema, workflowLimits } from '@/lib/workflows/schema';
import type { DraftedTrigger } from './trigger/drafted-trigger';

/** A step as it was read out of a description: by rules, or by a model. */
export type DraftedStep = {
  /** Letters, digits and `_`, not beginning with a digit: later steps name it by this. */
  id: string;
  type: string;
  name: string;
  /** What it does, in plain words. */
  does: string;
  config: Definition['nodes'][number]['config'];
  /** The steps before it: `id`, or `id:port`. */
  after: string[];
  /** The container inside which it stands. */
  group?: string;
  /** What rehearsals take for its output. */
  pinnedOutput?: Json;
};

/** What was made of a description. */
export type Drafted = {
  title: string;
  description: string;
  steps: DraftedStep[];
  trigger: DraftedTrigger | null;
  /** What the description left open, and how it was taken: a sentence each. */
  assumptions: string[];
};

/** The draft as a definition, laid out. Throws `ZodError` where it has not the shape of one. */
export function definitionOf(
  { title, description, steps }: Pick<Drafted, 'title' | 'description' | 'steps'>,
  catalogue: Catalogue,
): Definition {
  const definition = definitionSchema.parse({
    name: cleanName(title).slice(0, workflowLimits.nameLength) || 'Untitled workflow',
    description: description.slice(0, 10_000),
    nodes: steps.map(({ id, type, name, config, group, pinnedOutput }) => ({
      ...{ id, key: id, type, config, position: { x: 0, y: 0 } },
      name: cleanName(name.slice(0, 100)) || id,
      ...(group === undefined ? {} : { group }),
      ...(pinnedOutput === undefined ? {} : { pinnedOutput }),
    })),
    edges: steps.flatMap(({ id, after }, index) =>
      [...new Set(after)].map((from, way) => {
        const [source = '', sourcePort = 'out'] = from.split(':');
        return { id: `e${index}-${way}`, source, sourcePort, target: id };
      }),
    ),
  });
  const places = layoutWorkflow(definition, catalogue);
  return {
    ...definition,
    nodes: definition.nodes.map((node) => ({
      ...node,
      position: places.get(node.id) ?? node.position,
    })),
  };
}

/** A text of somebody as a template that says the same: its braces insert nothing. */
export const literal = (text: string): string => text.replaceAll('{{', '\\{{');
