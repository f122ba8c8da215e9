import { parseReferences } from '@/lib/expressions/references';
import { withNames } from '@/lib/optimise/with-names';
import { textFields } from '@/lib/workflows/config-fields';
import { neighbours, reach, topologicalOrder } from '@/lib/workflows/graph';
import { type Catalogue, typeNamed } from '@/lib/workflows/node-catalogue';
import { type Definition, type WorkflowNode, workflowLimits } from '@/lib/workflows/schema';

/** Words of steps that look at an answer again already. */
const reviewing =
  /\b(?:review\w*|proofread\w*|critiqu\w*|critic\w*|fact-?check\w*|cross-?check\w*|judg\w*|verif\w*|second opinion)\b/i;

export type Reviewed =
  | { ok: true; definition: Definition; step: WorkflowNode; of: string }
  | { ok: false; why: string };

/**
 * The draft with one step more, which reads the last answer again and mends it, so that all that comes after works with the
 * mended one. Or why there is none: nothing is answered in plain text, or something is reviewed already.
 */
export function withReview(definition: Definition, catalogue: Catalogue): Reviewed {
  const { nodes, edges } = definition;
  const already = nodes.find(
    ({ type, name, config }) =>
      (type === 'model' || type === 'agent') && reviewing.test(`${name} ${textOf(config.prompt)}`),
  );
  if (already) return { ok: false, why: `“${already.name}” reviews it already.` };
  const answer = lastAnswer(definition, catalogue);
  if (!answer) {
    return { ok: false, why: 'Nothing in it is an answer in plain text that could be reviewed.' };
  }
  const key = freeKey(definition);
  const step: WorkflowNode = {
    ...{ id: key, key, type: 'model', position: { x: 0, y: 0 } },
    name: `Review: ${answer.name}`.slice(0, 100),
    config: { model: 'auto', prompt: promptFor(answer) },
  };
  const isOut = (edge: Definition['edges'][number]) =>
    edge.source === answer.id && edge.sourcePort === 'out';
  const after = reach([answer.id], neighbours(definition, 'after'));
  // What stands inside a step comes when that step does.
  const within = new Map(nodes.map(({ id, group }) => [id, group]));
  const isAfter = (id: string | undefined): boolean =>
    id !== undefined && (after.has(id) || isAfter(within.get(id)));
  const renamed = (name: string) => (name === answer.key ? key : undefined);
  return {
    ok: true,
    step,
    of: answer.name,
    definition: {
      ...definition,
      nodes: [
        ...nodes.map((node) => (isAfter(node.id) ? withNames(node, renamed, catalogue) : node)),
        step,
      ],
      edges: [
        ...edges.map((edge) => (isOut(edge) ? { ...edge, source: key } : edge)),
        { id: `to-${key}`, source: answer.id, sourcePort: 'out', target: key, targetPort: 'in' },
      ],
    },
  };
}

/** The last step that answers in plain text which a later step inserts. */
function lastAnswer(definition: Definition, catalogue: Catalogue): WorkflowNode | undefined {
  const byId = new Map(definition.nodes.map((node) => [node.id, node]));
  const order = topologicalOrder(definition).reverse();
  return order
    .flatMap((id) => byId.get(id) ?? [])
    .find((node) => isAnswer(node) && isReadAsText(node, definition, catalogue));
}

const isAnswer = ({ type, group, disabled, config }: WorkflowNode): boolean =>
  (type === 'model' || type === 'agent') &&
  group === undefined &&
  disabled !== true &&
  textOf(config.outputSchema) === '';

/** Whether steps read the text of an answer, and nothing else of it. */
function isReadAsText(
  { id, key }: WorkflowNode,
  definition: Definition,
  catalogue: Catalogue,
): boolean {
  const leadsOn = definition.edges.some(
    ({ source, sourcePort }) => source === id && sourcePort === 'out',
  );
  const readers = definition.nodes.flatMap((node) => {
    const type = typeNamed(catalogue, node.type);
    return type === undefined ? [] : textFields(type, node.config);
  });
  const read = readers.flatMap(({ text, kind }) =>
    parseReferences(text, kind)
      .filter((reference) => reference.key === key)
      .map(({ range }) => ({
        asksWhether: /\bhas\(\s*steps\.$/.test(text.slice(0, range.start)),
        rest: text.slice(range.end),
      })),
  );
  const isText = (rest: string) => /^\.output\.text\b/.test(rest);
  return (
    leadsOn &&
    read.some(({ rest }) => isText(rest)) &&
    read.every(
      ({ rest, asksWhether }) => isText(rest) || (asksWhether && /^\.output\s*\)/.test(rest)),
    )
  );
}

function promptFor({ key, config }: WorkflowNode): string {
  const task = textOf(config.prompt);
  const head =
    'Review the answer below: is it right, is it complete, does it do all that the task asks, and is nothing made up? Mend what is wrong. Give the mended answer alone, in the same form, without remarks on what you changed; if nothing is wrong, give it as it is.';
  const end = `The answer:\n{{ steps.${key}.output.text }}`;
  const whole = `${head}\n\nThe task was:\n${task}\n\n${end}`;
  return whole.length <= maxPrompt ? whole : `${head}\n\n${end}`;
}

const maxPrompt = 100_000;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function freeKey({ nodes }: Definition): string {
  const taken = new Set(nodes.flatMap(({ id, key }) => [id, key]));
  for (let count = 1; count <= workflowLimits.nodes; count += 1) {
    const key = count === 1 ? 'second_look' : `second_look_${count}`;
    if (!taken.has(key)) return key;
  }
  return `second_look_${nodes.length}`;
}
