import { z } from 'zod';
import { agentHandleSchema } from '@/lib/agents/schema';
import { uniqueKey } from '@/lib/names/element-keys';
import { nameSchema } from '@/lib/names/schema';
import { type Definition, elementIdSchema, workflowLimits } from '../schema';

const taskSchema = z.strictObject({
  id: elementIdSchema,
  name: nameSchema(workflowLimits.nameLength).optional(),
  description: z.string().max(10_000).optional(),
  agentId: z.string().min(1).max(100).optional(),
  type: z.enum(['sequential', 'parallel']).optional(),
  dependencies: z.array(z.string()).max(workflowLimits.nodes).default([]),
  input: z.looseObject({ prompt: z.string().max(50_000).optional() }).default({}),
});
type Task = z.infer<typeof taskSchema>;

/** A list of tasks with dependencies, each done by an agent: `{id, name, version, tasks: [...]}`. */
export const taskListSchema = z.strictObject({
  id: z.string().max(200).optional(),
  name: nameSchema(workflowLimits.nameLength),
  version: z.union([z.string().max(50), z.number()]).optional(),
  description: z.string().max(10_000).default(''),
  tasks: z.array(taskSchema).min(1, 'there are no tasks').max(workflowLimits.nodes),
});
export type TaskList = z.infer<typeof taskListSchema>;

/** Tasks that name each other wrongly, with their paths in the file. */
export function taskListFaults(list: TaskList): { path: PropertyKey[]; message: string }[] {
  const ids = list.tasks.map((task) => task.id);
  return list.tasks.flatMap((task, index) => [
    ...(ids.indexOf(task.id) < index
      ? [{ path: ['tasks', index, 'id'], message: `there are two tasks "${task.id}"` }]
      : []),
    ...task.dependencies.flatMap((id, at) =>
      ids.includes(id)
        ? []
        : [
            {
              path: ['tasks', index, 'dependencies', at],
              message: `there is no task "${id.slice(0, 64)}"`,
            },
          ],
    ),
  ]);
}

/** One agent node per task, in their order, with an edge per dependency. Positions are left to the layout. */
export function fromTaskList(list: TaskList): Definition {
  const keys = new Map<string, string>();
  for (const task of list.tasks) keys.set(task.id, uniqueKey(task.id, [...keys.values()]));
  const named = new Map(list.tasks.map((task) => [task.id, task]));
  return {
    schema: 1,
    name: list.name,
    description: list.description,
    nodes: list.tasks.map((task) => ({
      id: task.id,
      key: keys.get(task.id) ?? task.id,
      type: 'agent',
      name: task.name ?? task.id,
      position: { x: 0, y: 0 },
      config: { agent: handleOf(task.agentId ?? ''), prompt: promptOf(task, named, keys) },
    })),
    edges: list.tasks.flatMap((task) =>
      [...new Set(task.dependencies)].map((source, index) => ({
        id: edgeId(task.id, index),
        source,
        sourcePort: 'out',
        target: task.id,
        targetPort: 'in',
      })),
    ),
  };
}

function edgeId(target: string, index: number): string {
  return `${target.slice(0, 58)}-in${index + 1}`;
}

function handleOf(agentId: string): string {
  const plain = agentId
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 48);
  return agentHandleSchema.safeParse(plain).success ? plain : '';
}

/** What the task asks, whatever else its input holds, and the results that it depends on. */
function promptOf(
  task: Task,
  named: ReadonlyMap<string, Task>,
  keys: ReadonlyMap<string, string>,
): string {
  const { prompt, ...rest } = task.input;
  const parts = [literal(prompt ?? task.description ?? task.name ?? task.id)];
  if (Object.keys(rest).length > 0) parts.push(`Input:\n${literal(JSON.stringify(rest, null, 2))}`);
  for (const id of new Set(task.dependencies)) {
    const name = named.get(id)?.name ?? id;
    parts.push(`Result of "${literal(name)}":\n{{ steps.${keys.get(id) ?? id}.output.text }}`);
  }
  return parts.join('\n\n');
}

/** A foreign text is no template: what looks like one is kept as it reads. */
function literal(text: string): string {
  return text.replaceAll('{{', '\\{{');
}
