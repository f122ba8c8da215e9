import { canonical } from '@/lib/values/canonical';
import type { Definition } from '@/lib/workflows/schema';
import type { VariantKind } from './kinds';
import type { Variant } from './variants';
import { asksModel } from './with-mode';

/** A variant with the models that would answer its steps today, in the order of the steps. */
export type Answered = Variant & { models: readonly string[] };

/** Variants that do the same today are one; each sentence says of some why. */
export function withoutEqual<Each extends Answered>(
  variants: readonly Each[],
): { different: (Omit<Each, 'kind'> & { kinds: VariantKind[] })[]; why: string[] } {
  const groups = new Map<string, Each[]>();
  for (const variant of variants) {
    const name = signatureOf(variant);
    groups.set(name, [...(groups.get(name) ?? []), variant]);
  }
  const found = [...groups.values()];
  const why = found.flatMap((group) => {
    const [first, ...others] = group;
    return first === undefined || others.length === 0 ? [] : [whyEqual(first, group)];
  });
  return {
    why,
    different: found.flatMap((group) => {
      const [first] = group;
      return first === undefined ? [] : [{ ...first, kinds: group.map(({ kind }) => kind) }];
    }),
  };
}

/** What a variant does today: its steps and ways, and who answers. The rule by which somebody is chosen does not count. */
function signatureOf({ definition, models }: Answered): string {
  const { nodes, edges } = definition;
  return canonical({
    nodes: nodes.map((node) => {
      const { position: _, config, ...rest } = node;
      if (!asksModel(node)) return { ...rest, config };
      const { model: _rule, ...others } = config;
      return { ...rest, config: others };
    }),
    edges: edges.map(({ id: _, ...edge }) => canonical(edge)).sort(),
    models,
  });
}

function whyEqual(first: Answered, group: readonly Answered[]): string {
  const names = group.map(({ kind }) => kind);
  const said = `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  const title = `${said.slice(0, 1).toUpperCase()}${said.slice(1)}`;
  const structure = 'nothing in it can run at the same time, be asked once less or be reviewed';
  if (!asksAny(first.definition)) return `${title} are one: no model is asked, and ${structure}.`;
  if (first.models.every((model) => model.startsWith('rehearsal/') || model === 'none')) {
    return `${title} are one: no model is set up yet that could be chosen, and their steps are the same.`;
  }
  return `${title} are one today: the same models would answer, and their steps are the same.`;
}

const asksAny = ({ nodes }: Definition): boolean => nodes.some(asksModel);
