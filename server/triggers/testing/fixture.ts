import { randomUUID } from 'node:crypto';
import type { Actor } from '@/lib/people/schema';
import { makeWorkspace } from '@/server/runs/testing/harness';
import type { Services } from '@/server/services';

/** An editor of a workspace of their own. */
export async function anEditor({ pool }: Pick<Services, 'pool'>): Promise<Actor> {
  const workspaceId = await makeWorkspace(pool);
  return { userId: 'u', name: 'Ada', email: 'a@b.c', role: 'editor', workspaceId };
}

/** A published workflow of one step that answers with what its run was given. */
export async function anEcho(
  { pool }: Pick<Services, 'pool'>,
  { workspaceId }: Actor,
  live: number | null = 1,
): Promise<string> {
  const id = randomUUID();
  const definition = {
    schema: 1,
    name: 'Echo',
    nodes: [
      {
        id: 'echo',
        key: 'echo',
        type: 'transform',
        name: 'Echo',
        position: { x: 0, y: 0 },
        config: { expression: 'input' },
      },
    ],
    edges: [],
  };
  await pool.query(
    `insert into workflow (id, workspace_id, name, live_version) values ($1, $2, 'Echo', $3)`,
    [id, workspaceId, live],
  );
  await pool.query(
    `insert into workflow_version (id, workflow_id, number, definition, hash) values ($1, $2, 1, $3, 'h')`,
    [randomUUID(), id, JSON.stringify(definition)],
  );
  return id;
}
