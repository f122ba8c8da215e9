import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import { type updateMcpServer as contract, mcpServerRead } from '@/lib/mcp/contract';
import { driftCount, driftOf } from '@/lib/mcp/drift';
import { can } from '@/lib/people/can';
import type { Actor } from '@/lib/people/schema';
import { requireNamed } from '@/server/connections/require-named';
import { requireUnchanged } from '@/server/db/require-unchanged';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { asRefused } from './as-refused';
import { fetchTools } from './fetch-tools';
import { getMcpServer } from './get-server';
import { changeServer, holdServer, isTaken, type McpServerRow, noteListed } from './store';
import { nameTaken, noServer, requireServer } from './view';

/**
 * Changes what is given and leaves the rest. At another address, or with another connection, the tools are listed anew, and
 * what differs waits to be accepted. Throws `not_found`, `conflict`, `forbidden`, `invalid_input`, `provider_failed`.
 */
export async function updateMcpServer(
  services: Pick<Services, 'pool' | 'vault' | 'egress' | 'bus'>,
  actor: Actor,
  { params: { id }, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { workspaceId } = actor;
  const before = await requireServer(services, actor, id);
  const { name = before.name, url = before.url, connection = before.connection } = body;
  if (typeof body.connection === 'string')
    await requireNamed(services, workspaceId, body.connection);
  if (body.reads !== undefined && !can(actor.role, 'workspace.manage')) {
    throw new AppError('forbidden', 'Only admins may say that a tool only reads.');
  }
  const moved = url !== before.url || connection !== before.connection;
  const listed = moved
    ? await fetchTools(services, { ...before, name, url, connection }, actor.userId).catch(
        (error: unknown) => {
          throw asRefused(error);
        },
      )
    : undefined;
  try {
    await transaction(services.pool, async (client) => {
      const row = await holdServer(client, workspaceId, id);
      if (row === undefined) throw noServer();
      const read = { ...row, reads: readsOf(row) };
      requireUnchanged(mcpServerRead, body.was, read, `The server ${row.name}`);
      if (row.revision !== before.revision) {
        throw new AppError(
          'conflict',
          'Somebody else changed this server at the same time. Look at it again.',
        );
      }
      const tools = body.reads === undefined ? row.tools : withReads(row, body.reads);
      await changeServer(client, { ...row, name, url, connection, tools });
      if (listed !== undefined) {
        const drifts = driftCount(driftOf(tools, listed.tools)) > 0;
        await noteListed(client, row, listed, drifts ? listed.tools : null);
      }
      const { was: _, ...change } = body;
      const detail = { ...change, name };
      await insertAudit(client, actor, 'mcp_server.changed', { type: 'mcp_server', id }, detail);
    });
  } catch (error) {
    throw isTaken(error) ? nameTaken(name) : error;
  }
  services.bus.publish(`workspace:${workspaceId}`, { kind: 'service', id });
  return getMcpServer(services, actor, { params: { id }, query: {}, body: undefined });
}

/** The tools of which an admin said that they only read. */
const readsOf = ({ tools }: McpServerRow): string[] =>
  tools.flatMap(({ name, reads }) => (reads ? [name] : []));

/** Throws `invalid_input` for a tool that does not even claim to only read. */
function withReads({ tools }: McpServerRow, reads: readonly string[]): McpServerRow['tools'] {
  for (const name of reads) {
    const tool = tools.find((one) => one.name === name);
    if (tool?.hints.readOnly) continue;
    throw new AppError(
      'invalid_input',
      `reads: the server does not say that "${name}" only reads.`,
    );
  }
  return tools.map((tool) => ({ ...tool, reads: reads.includes(tool.name) }));
}
