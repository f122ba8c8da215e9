import type { ModelMode } from '@/lib/models/schema';
import { optimise } from '@/lib/optimise/optimise';
import { layoutWorkflow } from '@/lib/workflows/layout';
import type { Catalogue } from '@/lib/workflows/node-catalogue';
import type { Definition, WorkflowNode } from '@/lib/workflows/schema';
import { type VariantKind, variantKinds } from './kinds';
import { type AgentModels, asksModel, withMode } from './with-mode';
import { withReview } from './with-review';

/** A draft made fast, cheap or good: what it does differently, a sentence each. */
export type Variant = { kind: VariantKind; definition: Definition; differences: string[] };

const modes = { fast: 'fastest', cheap: 'cheapest', best: 'best' } as const satisfies Record<
  VariantKind,
  ModelMode
>;
const modeWords = {
  fast: 'Asks the model that was fastest here.',
  cheap: 'Asks the cheapest suitable model.',
  best: 'Asks the strongest suitable model, by list price.',
};

/** The three variants of a draft, whatever they come to. */
export function variantsOf(
  draft: Definition,
  catalogue: Catalogue,
  agents: AgentModels,
): Variant[] {
  return variantKinds.map((kind) => {
    const shaped = shapes[kind](draft, catalogue);
    const asked = withMode(shaped.definition, modes[kind], agents);
    const all = shaped.definition.nodes.filter(asksModel).length;
    const kept =
      asked.kept.length === 0 || asked.kept.length === all
        ? []
        : [`Keeps the model that is named for ${listed(asked.kept)}.`];
    const differences = [
      ...(asked.kept.length < all ? [modeWords[kind], ...kept] : []),
      ...shaped.differences,
    ];
    return { kind, differences, definition: laidOut(asked.definition, draft, catalogue) };
  });
}

type Shaped = { definition: Definition; differences: string[] };

const shapes = {
  /** Runs at once what nothing orders, and more items of a list side by side. */
  fast(draft: Definition, catalogue: Catalogue): Shaped {
    const { definition, rewrites } = optimise(draft, catalogue, ['parallel']);
    const wider = new Set(
      definition.nodes
        .filter((node) => isList(node) && itemsAtOnce(node) < wide)
        .map(({ id }) => id),
    );
    const names = definition.nodes.filter(({ id }) => wider.has(id)).map(({ name }) => name);
    return {
      definition: {
        ...definition,
        nodes: definition.nodes.map((node) =>
          wider.has(node.id) ? { ...node, config: { ...node.config, concurrency: wide } } : node,
        ),
      },
      differences: [
        ...rewrites.map(({ does }) => does),
        ...names.map((name) => `Does ${wide} items of “${name}” at the same time.`),
      ],
    };
  },
  /** Asks equal questions once, and within an hour not again. */
  cheap(draft: Definition, catalogue: Catalogue): Shaped {
    const { definition, rewrites } = optimise(draft, catalogue, ['merge']);
    const reuses = ({ type, config }: WorkflowNode) =>
      (type === 'model' || type === 'agent') && (config.answerCache ?? 'off') === 'off';
    const some = definition.nodes.some(reuses);
    return {
      definition: {
        ...definition,
        nodes: definition.nodes.map((node) =>
          reuses(node) ? { ...node, config: { ...node.config, answerCache: 'hour' } } : node,
        ),
      },
      differences: [
        ...rewrites.map(({ does }) => does),
        ...(some
          ? [
              'Gives an answer again, for an hour, when exactly the same is asked: that costs nothing.',
            ]
          : []),
      ],
    };
  },
  /** Has the last answer reviewed. */
  best(draft: Definition, catalogue: Catalogue): Shaped {
    const reviewed = withReview(draft, catalogue);
    return reviewed.ok
      ? {
          definition: reviewed.definition,
          differences: [`Reviews the answer of “${reviewed.of}” and mends it, in one more step.`],
        }
      : { definition: draft, differences: [`Adds no review. ${reviewed.why}`] };
  },
};

const wide = 10;
const isList = ({ type }: WorkflowNode) => type === 'map';
const itemsAtOnce = ({ config }: WorkflowNode): number =>
  typeof config.concurrency === 'number' ? config.concurrency : wide;

/** Places for all steps, where steps or ways are others than those of the draft. */
function laidOut(definition: Definition, draft: Definition, catalogue: Catalogue): Definition {
  if (definition.edges === draft.edges) return definition;
  const places = layoutWorkflow(definition, catalogue);
  return {
    ...definition,
    nodes: definition.nodes.map((node) => ({
      ...node,
      position: places.get(node.id) ?? node.position,
    })),
  };
}

const listed = (names: readonly string[]): string => names.map((name) => `“${name}”`).join(', ');
