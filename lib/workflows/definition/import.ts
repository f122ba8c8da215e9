import { z } from 'zod';
import { uniqueKey } from '@/lib/names/element-keys';
import { nameSchema, optionalNameSchema } from '@/lib/names/schema';
import { wrongKinds } from '../config-kinds';
import { freeId, taken, withRowIds } from '../draft/row-ids';
import { layoutWorkflow } from '../layout';
import { type Catalogue, typeNamed } from '../node-catalogue';
import {
  type Definition,
  definitionSchema,
  edgeSchema,
  groupSchema,
  nodeSchema,
  workflowLimits,
} from '../schema';
import { type ImportError, type ReadText, readFileText } from './read-file-text';
import { fromTaskList, taskListFaults, taskListSchema } from './task-list';

export type Imported =
  | { ok: true; definition: Definition; from: 'workflow' | 'tasks' }
  | { ok: false; errors: ImportError[] };

/** The format of files: as the definition, but positions, keys of nodes and ids of edges may be left to us. */
const fileSchema = definitionSchema.extend({
  name: nameSchema(workflowLimits.nameLength),
  groups: z
    .array(groupSchema.extend({ name: optionalNameSchema(workflowLimits.nameLength).default('') }))
    .max(workflowLimits.groups)
    .optional(),
  nodes: z
    .array(
      nodeSchema.extend({
        name: nameSchema(workflowLimits.nameLength),
        key: nodeSchema.shape.key.optional(),
        position: nodeSchema.shape.position.optional(),
      }),
    )
    .max(workflowLimits.nodes),
  edges: z
    .array(edgeSchema.extend({ id: edgeSchema.shape.id.optional() }))
    .max(workflowLimits.edges)
    .default([]),
});

const maxErrors = 20;

/**
 * Reads a workflow from a file's text in JSON or YAML: our own format, or a list of tasks for agents. Unknown
 * fields are refused. Each error says what is wrong and, where it can, in which line. Never throws.
 */
export function importWorkflow(
  text: string,
  catalogue: Catalogue,
  format?: 'json' | 'yaml',
): Imported {
  const read = readFileText(text, format);
  if (!read.ok) return read;
  const { value } = read;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return {
      ok: false,
      errors: [{ message: 'A workflow file holds one object, with "name" and "nodes".', line: 1 }],
    };
  }
  return 'tasks' in value && !('nodes' in value)
    ? importTasks(read, catalogue)
    : importOwn(read, catalogue);
}

type Readable = Extract<ReadText, { ok: true }>;

function importTasks(read: Readable, catalogue: Catalogue): Imported {
  const parsed = taskListSchema.safeParse(read.value);
  if (!parsed.success) return refused(parsed.error, read);
  const faults = taskListFaults(parsed.data);
  if (faults.length > 0) {
    return { ok: false, errors: told(faults, read) };
  }
  return {
    ok: true,
    definition: placed(fromTaskList(parsed.data), catalogue, () => false),
    from: 'tasks',
  };
}

function importOwn(read: Readable, catalogue: Catalogue): Imported {
  const parsed = fileSchema.safeParse(read.value);
  if (!parsed.success) return refused(parsed.error, read);
  const { edges, ...rest } = parsed.data;
  const nodes = parsed.data.nodes.map((node) => ({
    ...node,
    config: withRowIds(node.type, node.config, catalogue),
  }));
  const wrong = nodes.flatMap((node, index) => {
    const type = typeNamed(catalogue, node.type);
    return (type ? wrongKinds(type, node.config) : []).map(({ path, message }) => ({
      path: ['nodes', index, 'config', ...path],
      message: message.replace(/\.$/, ''),
    }));
  });
  if (wrong.length > 0) return { ok: false, errors: told(wrong, read) };
  const keys = nodes.flatMap((node) => node.key ?? []);
  const ids = edges.flatMap((edge) => edge.id ?? []);
  const definition: Definition = {
    ...rest,
    nodes: nodes.map((node) => ({
      ...node,
      key: node.key ?? taken(keys, uniqueKey(node.name, keys)),
      position: node.position ?? { x: 0, y: 0 },
    })),
    edges: edges.map((edge, index) => ({
      ...edge,
      id: edge.id ?? taken(ids, freeId(`edge-${index + 1}`, ids)),
    })),
  };
  const hasPlace = new Set(nodes.filter((node) => node.position).map((node) => node.id));
  return {
    ok: true,
    definition: placed(definition, catalogue, (id) => hasPlace.has(id)),
    from: 'workflow',
  };
}

/** The definition with positions for the nodes that have none. */
function placed(
  definition: Definition,
  catalogue: Catalogue,
  keeps: (id: string) => boolean,
): Definition {
  if (definition.nodes.every((node) => keeps(node.id))) return definition;
  const places = layoutWorkflow(definition, catalogue);
  const nodes = definition.nodes.map((node) =>
    keeps(node.id) ? node : { ...node, position: places.get(node.id) ?? node.position },
  );
  return { ...definition, nodes };
}

function refused(error: z.ZodError, read: Readable): Imported {
  const faults = error.issues.flatMap((issue): Fault[] =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          path: [...issue.path, key],
          message: 'unknown field',
        }))
      : [issue],
  );
  return { ok: false, errors: told(faults, read) };
}

type Fault = { path: readonly PropertyKey[]; message: string };

/** Cut before the places are looked for: each is a walk through the file. */
function told(faults: readonly Fault[], read: Readable): ImportError[] {
  return faults.slice(0, maxErrors).map(({ path, message }) => errorAt(path, message, read));
}

function errorAt(path: readonly PropertyKey[], message: string, read: Readable): ImportError {
  const name = path.reduce<string>(
    (all, part) =>
      typeof part === 'number' ? `${all}[${part}]` : all ? `${all}.${String(part)}` : String(part),
    '',
  );
  // A missing field has no place of its own: the object that lacks it has.
  const place = read.place(path) ?? read.place(path.slice(0, -1));
  return {
    message: name ? `${name}: ${message}.` : `${message}.`,
    ...place,
    ...(name ? { path: name } : {}),
  };
}
