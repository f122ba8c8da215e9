import { byRules, withoutPrelude } from '@/lib/from-words/rules/by-rules';
import { goOnByRules } from '@/lib/from-words/rules/go-on';
import type { Known, Value } from '@/lib/from-words/rules/weave';
import { titleOf } from '@/lib/from-words/title-of';
import { at, isRecord, listIn, textIn } from '@/lib/values/unknown';
import type { Catalogue } from '@/lib/workflows/node-catalogue';
import type { Definition, WorkflowNode } from '@/lib/workflows/schema';
import type { AgentEdit } from '../agent-edit';

export type RuledChange = {
  edits: AgentEdit[];
  /** What was left open, and how it was taken: a sentence each. */
  assumptions: string[];
};

type Asked = { text: string; selected: readonly string[]; known: Known; catalogue: Catalogue };

/**
 * The edits that a message asks for, read by its words alone: a step is removed or renamed by its name, or new ones are put
 * behind, before or at the end. None where nothing of it is understood.
 */
export function changeByRules(definition: Definition, asked: Asked): RuledChange {
  if (definition.nodes.length === 0) return beginning(asked);
  return (
    removal(definition, asked.text) ??
    renaming(definition, asked.text) ??
    addition(definition, asked)
  );
}

/** On an empty canvas: the whole workflow that the words describe. */
function beginning({ text, known }: Asked): RuledChange {
  const { steps, assumptions, asked } = byRules(text, titleOf(text), known);
  // What stands inside a step cannot be put there one by one.
  if (asked.length === 0 || steps.some(({ group }) => group !== undefined)) {
    return { edits: [], assumptions: [] };
  }
  const edits = steps.map(
    ({ id, type, name, config, after }): AgentEdit => ({
      ...{ edit: 'add', step: id, type, name, config },
      ...(after.length > 0 ? { after } : {}),
    }),
  );
  return { edits, assumptions };
}

function removal({ nodes }: Definition, text: string): RuledChange | undefined {
  const named = /\b(?:remove|delete|drop|take out|get rid of)\b\s+(.+)/i.exec(text)?.[1];
  const step = named === undefined ? undefined : stepIn(nodes, named);
  return step && { edits: [{ edit: 'remove', step: step.key }], assumptions: [] };
}

function renaming({ nodes }: Definition, text: string): RuledChange | undefined {
  const found = /\b(?:rename|call)\b\s+(.+?)\s+(?:to|as|into)\s+["“']?([^"”'\n.]{2,60})/i.exec(
    text,
  );
  const step = found?.[1] === undefined ? undefined : stepIn(nodes, found[1]);
  const name = found?.[2]?.trim();
  if (step === undefined || name === undefined) return undefined;
  return { edits: [{ edit: 'rename', step: step.key, name }], assumptions: [] };
}

function addition(
  definition: Definition,
  { text, selected, known, catalogue }: Asked,
): RuledChange {
  const place = placeFor(definition, text, selected);
  if (place === undefined) return { edits: [], assumptions: [] };
  const { from, to, words } = place;
  const taken = definition.nodes.map(({ key }) => key);
  const value = givenBy(definition, from.node, catalogue);
  const after = from.port === 'out' ? from.node.key : `${from.node.key}:${from.port}`;
  const title = definition.name;
  const made = goOnByRules(withoutPrelude(words), title, known, { after, value, taken });
  const edits = made.steps.map(
    (step): AgentEdit => ({
      ...{ edit: 'add', step: step.id, type: step.type, name: step.name, config: step.config },
      after: step.after,
      // Each takes the wire of the one before, so that the workflow is whole after every edit.
      ...(to && to.type !== '' ? { before: [to.key] } : {}),
    }),
  );
  return {
    edits: [...edits, ...resultOf(to, value, made.value)],
    assumptions: made.assumptions,
  };
}

/** The result shows what the new steps made, where it showed what they were given. */
function resultOf(
  to: WorkflowNode | undefined,
  before: Value | undefined,
  after: Value | undefined,
): AgentEdit[] {
  const template = to?.type === 'output' ? textIn(at(to.config, 'template')) : undefined;
  if (!to || !template || !before || !after) return [];
  const changed = template.replaceAll(`{{ ${before.expression} }}`, `{{ ${after.expression} }}`);
  if (changed === template) return [];
  return [{ edit: 'set', step: to.key, field: 'template', value: changed }];
}

type Place = { from: { node: WorkflowNode; port: string }; to?: WorkflowNode; words: string };

/** Where new steps go: beside a step that is named, behind the selected one, or before the result. */
function placeFor(
  definition: Definition,
  text: string,
  selected: readonly string[],
): Place | undefined {
  const { nodes, edges } = definition;
  const beside =
    /\b(after|behind|following|before|in front of|ahead of)\b\s+(?:the\s+)?(?:step\s+)?(.+)/i.exec(
      text,
    );
  const step = beside?.[2] === undefined ? undefined : stepIn(nodes, beside[2], true);
  const isBefore = /^(?:before|in front of|ahead of)$/i.test(beside?.[1] ?? '');
  if (beside && step) {
    const words = text.replace(beside[0], ` ${afterName(beside[2] ?? '', step)}`);
    return isBefore ? placeBefore(definition, step, words) : placeBehind(definition, step, words);
  }
  const chosen = nodes.find(({ id }) => id === selected[0]);
  if (chosen && selected.length === 1 && chosen.type !== 'output') {
    return placeBehind(definition, chosen, text);
  }
  const results = nodes.filter(
    (node) => node.type === 'output' && edges.some(({ target }) => target === node.id),
  );
  const [result] = results;
  if (result) return placeBefore(definition, result, text);
  const end = nodes.findLast(
    (node) => node.group === undefined && !edges.some(({ source }) => source === node.id),
  );
  return end && placeBehind(definition, end, text);
}

function placeBefore(
  { nodes, edges }: Definition,
  to: WorkflowNode,
  words: string,
): Place | undefined {
  const edge = edges.find(({ target }) => target === to.id);
  const node = nodes.find(({ id }) => id === edge?.source);
  return edge && node && { from: { node, port: edge.sourcePort }, to, words };
}

function placeBehind({ nodes, edges }: Definition, node: WorkflowNode, words: string): Place {
  const edge = edges.find(({ source }) => source === node.id);
  const to = nodes.find(({ id }) => id === edge?.target);
  return { from: { node, port: edge?.sourcePort ?? 'out' }, words, ...(to ? { to } : {}) };
}

/** What a text says behind the name of a step. */
function afterName(text: string, { name, key }: WorkflowNode): string {
  const from = text.toLowerCase();
  const found = [name, key].find((one) => from.includes(one.toLowerCase()));
  if (found === undefined) return text;
  return text.slice(from.indexOf(found.toLowerCase()) + found.length).replace(/^["”'’,\s]+/, '');
}

/** The step whose name a text holds: the longest where several do. `first`: it begins with it. */
function stepIn(
  nodes: readonly WorkflowNode[],
  text: string,
  first = false,
): WorkflowNode | undefined {
  const from = text.toLowerCase().replace(/^["“'‘\s]*(?:the\s+)?(?:step\s+)?["“'‘]*/, '');
  return nodes
    .flatMap((node) => [node.name, node.key].map((name) => ({ node, name: name.toLowerCase() })))
    .filter(({ name }) => name.length > 1 && (first ? from.startsWith(name) : from.includes(name)))
    .sort((one, other) => other.name.length - one.name.length)[0]?.node;
}

/** What a step gives that later ones can use, as a template inserts it; else what the one before it gives. */
function givenBy(
  definition: Definition,
  node: WorkflowNode,
  catalogue: Catalogue,
  seen: readonly string[] = [],
): Value | undefined {
  const { key, name, type, config, id } = node;
  const output = `steps.${key}.output`;
  if (type === 'start') {
    const [input] = listIn(config.inputs).filter(isRecord);
    const named = textIn(input?.name);
    return named === undefined ? undefined : { label: named, expression: `${output}.${named}` };
  }
  const sample = Object.hasOwn(catalogue, type) ? catalogue[type]?.sample : undefined;
  if (typeof at(sample, 'text') === 'string') {
    return { label: name, expression: `${output}.text`, step: key };
  }
  if (!['approval', 'if', 'switch', 'delay', 'join', 'send-message', 'remember'].includes(type)) {
    return { label: name, expression: `json(${output})`, step: key };
  }
  const edge = definition.edges.find(({ target }) => target === id);
  const before = definition.nodes.find((each) => each.id === edge?.source);
  if (!before || seen.includes(id)) return undefined;
  return givenBy(definition, before, catalogue, [...seen, id]);
}
