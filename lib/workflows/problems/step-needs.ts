import { parseReferences, type TextKind } from '@/lib/expressions/references';
import { stepWithItsBody } from '../compile-only';
import { textFields } from '../config-fields';
import { containersOf, stepsAround } from '../containers';
import { neighbours, reach } from '../graph';
import { type Catalogue, typeNamed } from '../node-catalogue';
import type { Definition } from '../schema';
import { namesFor, scopeNames } from './reference-problems';

/** What a step, with what stands inside it, reads of the run around it. */
export type StepNeeds = {
  /** Ids of earlier steps whose outputs it names, in the order of the workflow. */
  steps: string[];
  /** Whether it names the input of the run. */
  input: boolean;
  /** What it names of what the steps around it give: `item`, say. */
  names: string[];
  /** What running it does outside, each sentence once. */
  outward: string[];
};

/** What must be known to run a step alone, and what is to be said before. */
export function stepNeeds(
  definition: Pick<Definition, 'nodes' | 'edges'>,
  catalogue: Catalogue,
  stepId: string,
): StepNeeds {
  const part = stepWithItsBody(definition, catalogue, stepId);
  const nodes = definition.nodes.filter(
    ({ id, disabled }) => part.has(id) && (id === stepId || !disabled),
  );
  const own = nodes.find(({ id }) => id === stepId);
  const keys = new Set<string>();
  const words = new Set<string>();
  const outward = new Set<string>();
  for (const node of nodes) {
    const type = typeNamed(catalogue, node.type);
    if (!type) continue;
    if (type.outward !== undefined) outward.add(type.outward);
    for (const { text, kind } of textFields(type, node.config)) {
      for (const { key } of parseReferences(text, kind)) keys.add(key);
      for (const word of wordsIn(text, kind)) words.add(word);
    }
  }
  const around = stepsAround(containersOf(definition, catalogue), stepId);
  const earlier = reach([stepId, ...around], neighbours(definition, 'before'));
  // A step that puts branches together names none of them.
  const joined = own && typeNamed(catalogue, own.type)?.join ? sourcesOf(definition, stepId) : [];
  return {
    steps: definition.nodes
      .filter(
        ({ id, key }) => earlier.has(id) && !part.has(id) && (keys.has(key) || joined.includes(id)),
      )
      .map(({ id }) => id),
    input: words.has('input'),
    names: own
      ? namesFor(
          definition,
          catalogue,
        )(own).filter((name) => !scopeNames.includes(name) && words.has(name))
      : [],
    outward: [...outward],
  };
}

const sourcesOf = ({ edges }: Pick<Definition, 'edges'>, id: string) =>
  edges.filter(({ target }) => target === id).map(({ source }) => source);

/** Words of the expressions in a text that do not follow a dot: what may be a name. */
function wordsIn(text: string, kind: TextKind): string[] {
  const parts = kind === 'template' ? (text.match(/\{\{[\s\S]*?\}\}/g) ?? []) : [text];
  return parts.flatMap((part) => part.match(/(?<![\w.$])[A-Za-z_]\w*/g) ?? []);
}
