import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import type { createWorkflow as contract } from '@/lib/workflows/contract';
import type { Definition } from '@/lib/workflows/schema';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { readDefinition } from './read-definition';
import { insertWorkflow, type Place } from './store';
import { problemsOf } from './view-workflow';

/** Creates a workflow from a file's text. Throws `invalid_input`, `has_problems`; see {@link readDefinition}. */
export async function createWorkflow(
  services: Services,
  actor: Actor,
  { query, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const definition = await readDefinition(services, actor.workspaceId, body);
  const id = await addWorkflow(services, actor, definition, query);
  return { id, name: definition.name, problems: await problemsOf(services, actor, definition, id) };
}

/**
 * Adds a workflow with its draft to a workspace, both or neither. `of`: the one that it is a copy of. `id`: the one that it
 * must have; where it is there already nothing is done. Gives its id.
 */
export async function addWorkflow(
  { pool, drafts, bus }: Pick<Services, 'pool' | 'drafts' | 'bus'>,
  actor: Pick<Actor, 'workspaceId' | 'userId'>,
  definition: Definition,
  { of, ...place }: Place & { of?: string } = {},
): Promise<string> {
  const { name, nodes } = definition;
  const id = await transaction(pool, async (client) => {
    const made = await insertWorkflow(client, actor.workspaceId, actor.userId, definition, place);
    if (made === undefined) return undefined;
    await drafts.create(made, definition, client);
    await insertAudit(
      client,
      actor,
      'workflow.created',
      { type: 'workflow', id: made },
      { name, nodes: nodes.length, ...(of === undefined ? {} : { of }) },
    );
    return made;
  });
  if (id === undefined) {
    if (place.id === undefined) throw new Error('a workflow was not inserted');
    return place.id;
  }
  bus.publish(`workspace:${actor.workspaceId}`, { kind: 'workflow', id });
  return id;
}
