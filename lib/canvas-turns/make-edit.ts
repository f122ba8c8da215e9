import { portsOfNode } from '@/lib/nodes/node-type/ports';
import { nearNames } from '@/lib/tools/near-name';
import { titleAt } from '@/lib/workflows/config-fields';
import { type Draft, readDraft } from '@/lib/workflows/draft/draft';
import type { Json } from '@/lib/workflows/draft/draft-value';
import { withRowIds } from '@/lib/workflows/draft/row-ids';
import { ImpossibleEdit, makeEdits } from '@/lib/workflows/edits/named-edits';
import { type Catalogue, typeNamed } from '@/lib/workflows/node-catalogue';
import { type Definition, nodeKeySchema, type WorkflowNode } from '@/lib/workflows/schema';
import type { AgentEdit } from './agent-edit';
import { freeSpot } from './free-spot';

type NamedEdits = Parameters<typeof makeEdits>[1];
export type MadeEdit =
  | { ok: true; nodeId: string; at: { x: number; y: number }; says: string }
  | { ok: false; why: string };
type Planned = { edits: NamedEdits; nodeId: string; says: string } | { why: string };

/** What edits are made with. */
export type Making = {
  draft: Draft;
  types: Catalogue;
  /** A new id for an element, the same for the same edit of the same call. */
  idOf(what: string): string;
  /** Why the agent keeps off a step; undefined: it may change it. */
  handsOff(nodeId: string): string | undefined;
};

/**
 * Makes one edit of an agent. Why it is not made is a sentence for whoever wrote it: the draft is to be dropped then, since
 * a part of it may be there.
 */
export function makeAgentEdit(making: Making, edit: AgentEdit): MadeEdit {
  const { draft } = making;
  const definition = readDraft(draft.doc, draft.catalogue);
  const planned = plan(making, definition, edit);
  if ('why' in planned) return { ok: false, why: planned.why };
  try {
    makeEdits(draft, planned.edits);
  } catch (error) {
    if (!ImpossibleEdit.isInstance(error)) throw error;
    return { ok: false, why: error.message.replace(/^edits\.\d+: /, '') };
  }
  const after = readDraft(draft.doc, draft.catalogue);
  const node = [...after.nodes, ...definition.nodes].find(({ id }) => id === planned.nodeId);
  return {
    ...{ ok: true, nodeId: planned.nodeId, says: planned.says },
    at: node?.position ?? { x: 0, y: 0 },
  };
}

function plan(making: Making, definition: Definition, edit: AgentEdit): Planned {
  if (edit.edit === 'add') return planAdd(making, definition, edit);
  const end = endOf(definition, edit.step);
  if (end === undefined) return { why: unknownStep(definition, edit.step) };
  const { node } = end;
  if (edit.edit === 'connect' || edit.edit === 'disconnect') {
    return planWire(making, definition, edit, end);
  }
  const hands = making.handsOff(node.id);
  if (hands !== undefined) return { why: hands };
  const nodeId = node.id;
  switch (edit.edit) {
    case 'set': {
      const { field } = edit;
      if (field === undefined) return { why: 'Say which setting is to be set (field).' };
      const value =
        edit.value === undefined ? {} : { value: rowed(making, node, field, edit.value) };
      const set = { edit: 'setField' as const, nodeId, path: [field], ...value };
      const type = typeNamed(making.types, node.type);
      const title = type ? titleAt(type, [field]) : field;
      return { edits: [set], nodeId, says: `Changed ${title} of “${node.name}”` };
    }
    case 'rename': {
      const name = edit.name?.trim() ?? '';
      if (name === '') return { why: 'Say what it is to be called (name).' };
      const says = `“${node.name}” is called “${name}”`;
      return { edits: [{ edit: 'renameNode', id: nodeId, name }], nodeId, says };
    }
    default:
      return planRemove(making, definition, node);
  }
}

/** Rows of a list get ids where the model gave none. */
function rowed({ types }: Making, node: WorkflowNode, field: string, value: Json) {
  return withRowIds(node.type, { [field]: value }, types)[field];
}

function planAdd(making: Making, definition: Definition, edit: AgentEdit): Planned {
  const { step, type = '', config = {}, name } = edit;
  const { types } = making;
  const known = typeNamed(types, type);
  if (known === undefined) {
    const near = nearNames(type, Object.keys(types));
    const meant = near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : '';
    return { why: `There is no type of step "${type}".${meant}` };
  }
  const key = nodeKeySchema.safeParse(step);
  if (!key.success)
    return { why: `The key "${step}" cannot be used: ${key.error.issues[0]?.message}.` };
  if (definition.nodes.some((node) => node.key === step)) {
    return { why: `There is a step "${step}" already. Give the new one another key.` };
  }
  const after = endsOf(definition, edit.after ?? []);
  const before = endsOf(definition, edit.before ?? []);
  if ('why' in after) return after;
  if ('why' in before) return before;
  const id = making.idOf(`node ${step}`);
  const port = portsOfNode(known, { config })[0]?.id ?? 'out';
  const replaced = definition.edges.filter(
    (edge) =>
      before.ends.some(({ node }) => node.id === edge.target) &&
      after.ends.some(
        (end) => end.node.id === edge.source && portOf(making, end) === edge.sourcePort,
      ),
  );
  const node = {
    ...{ id, key: step, type, name: name?.trim() || known.title || type },
    config: withRowIds(type, config, types),
    position: freeSpot(
      definition,
      after.ends.map((end) => end.node),
      before.ends.map((end) => end.node),
    ),
  };
  const edits: NamedEdits = [
    ...(replaced.length === 0
      ? []
      : [
          {
            edit: 'removeElements' as const,
            nodes: [],
            notes: [],
            edges: replaced.map((edge) => edge.id),
          },
        ]),
    { edit: 'addNode', node },
    ...after.ends.map((end, at) => ({
      edit: 'connect' as const,
      edge: {
        ...{
          id: making.idOf(`in ${step} ${at}`),
          source: end.node.id,
          sourcePort: portOf(making, end),
        },
        ...{ target: id, targetPort: 'in' },
      },
    })),
    ...before.ends.map((end, at) => ({
      edit: 'connect' as const,
      edge: {
        ...{ id: making.idOf(`out ${step} ${at}`), source: id, sourcePort: port },
        ...{ target: end.node.id, targetPort: 'in' },
      },
    })),
  ];
  return { edits, nodeId: id, says: `Added “${node.name}”` };
}

function planWire(
  making: Making,
  definition: Definition,
  { edit, step, to }: AgentEdit,
  from: End,
): Planned {
  const end = to === undefined ? undefined : endOf(definition, to);
  if (end === undefined) return { why: unknownStep(definition, to ?? '') };
  const sourcePort = portOf(making, from);
  const { id: source } = from.node;
  const { id: target } = end.node;
  const names = `“${from.node.name}” and “${end.node.name}”`;
  if (edit === 'connect') {
    const edge = {
      id: making.idOf(`wire ${step} ${to}`),
      source,
      sourcePort,
      target,
      targetPort: 'in',
    };
    return { edits: [{ edit, edge }], nodeId: target, says: `Connected ${names}` };
  }
  const cut = definition.edges.filter(
    (edge) =>
      edge.source === source &&
      edge.target === target &&
      (from.port === undefined || edge.sourcePort === from.port),
  );
  if (cut.length === 0)
    return { why: `No wire leads from “${from.node.name}” to “${end.node.name}”.` };
  const removed = {
    edit: 'removeElements' as const,
    nodes: [],
    notes: [],
    edges: cut.map(({ id }) => id),
  };
  return { edits: [removed], nodeId: target, says: `Disconnected ${names}` };
}

/** Takes a step out; one that stood between two leaves them connected. */
function planRemove(making: Making, definition: Definition, node: WorkflowNode): Planned {
  const held = definition.nodes.find(
    (each) => each.group === node.id && making.handsOff(each.id) !== undefined,
  );
  if (held) return { why: making.handsOff(held.id) ?? '' };
  const into = definition.edges.filter(({ target }) => target === node.id);
  const out = definition.edges.filter(({ source }) => source === node.id);
  const [first, last] = [into[0], out[0]];
  const bridges = into.length === 1 && out.length === 1 && first && last;
  return {
    edits: [
      { edit: 'removeElements', nodes: [node.id], edges: [], notes: [] },
      ...(bridges && !isWired(definition, first.source, last.target)
        ? [
            {
              edit: 'connect' as const,
              edge: {
                ...{ id: making.idOf(`bridge ${node.id}`), source: first.source },
                ...{
                  sourcePort: first.sourcePort,
                  target: last.target,
                  targetPort: last.targetPort,
                },
              },
            },
          ]
        : []),
    ],
    ...{ nodeId: node.id, says: `Removed “${node.name}”` },
  };
}

const isWired = ({ edges }: Definition, source: string, target: string) =>
  edges.some((edge) => edge.source === source && edge.target === target);

type End = { node: WorkflowNode; port: string | undefined };

function endsOf(
  definition: Definition,
  named: readonly string[],
): { ends: End[] } | { why: string } {
  const ends: End[] = [];
  for (const name of named) {
    const end = endOf(definition, name);
    if (end === undefined) return { why: unknownStep(definition, name) };
    ends.push(end);
  }
  return { ends };
}

/** A step by its key, its id or its name, with a port where one is named. */
function endOf({ nodes }: Definition, named: string): End | undefined {
  const colon = named.indexOf(':');
  const [name, port] =
    colon < 0 ? [named, undefined] : [named.slice(0, colon), named.slice(colon + 1)];
  const node =
    nodes.find(({ key }) => key === name) ??
    nodes.find(({ id }) => id === name) ??
    nodes.find((each) => each.name.toLowerCase() === name.toLowerCase());
  return node && { node, port };
}

function portOf({ types }: Making, { node, port }: End): string {
  if (port !== undefined) return port;
  const type = typeNamed(types, node.type);
  return (type && portsOfNode(type, node)[0]?.id) ?? 'out';
}

function unknownStep({ nodes }: Definition, named: string): string {
  const keys = nodes.map(({ key }) => key);
  const near = nearNames(named, keys);
  const meant = near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : '';
  return `There is no step "${named}".${meant} There are: ${keys.slice(0, 60).join(', ')}.`;
}
