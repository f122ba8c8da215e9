import type { McpAnswer, McpCall } from '@/lib/mcp/calls';
import { driftOf, heldBack } from '@/lib/mcp/drift';
import { StepError } from '@/lib/nodes/node-type/define-node';
import { at } from '@/lib/values/unknown';
import type { Redactor } from '@/server/connections/redact';
import type { Services } from '@/server/services';
import { withServer } from './connect';
import { findServer, noteTried } from './store';

type Needs = Pick<Services, 'pool' | 'bus' | 'vault' | 'egress'>;
type Asking = {
  workspaceId: string;
  workflowId: string | null;
  userId: string | null;
  signal: AbortSignal;
  /** Says later how to take secrets out of the answer, and whether what is said comes from the server. */
  record: { redact?: Redactor; answered?: true };
};

const callMs = 115_000;
/** Failures that say something of the server, and not of this one call. */
const ofServer = new Set([
  ...['mcp_sign_in', 'mcp_forbidden', 'mcp_not_a_server', 'mcp_status', 'mcp_timeout'],
  ...['network_failed', 'address_refused', 'connection_missing', 'connection_sign_in'],
]);

/**
 * Calls a tool of an MCP server as it was accepted, in a session of its own. Nothing is sent to one that was changed since.
 * Throws `StepError`.
 */
export async function callMcp(
  services: Needs,
  { workspaceId, workflowId, userId, signal, record }: Asking,
  { server, tool, args }: McpCall,
): Promise<McpAnswer> {
  const row = await findServer(services.pool, workspaceId, server);
  const pinned = row?.tools.find(({ name }) => name === tool);
  if (row === undefined || pinned === undefined) {
    throw new StepError('mcp_missing', 'The MCP server or its tool is not there any more.', {
      noEffect: true,
    });
  }
  const held = row.seen && heldBack(row.name, pinned, driftOf(row.tools, row.seen));
  if (typeof held === 'string') throw new StepError('mcp_changed', held, { noEffect: true });
  // Its own schema, so that no other one is asked for or compiled.
  const toolDefinition = {
    name: tool,
    inputSchema: { ...pinned.inputSchema, type: 'object' as const },
  };
  const note = async (problem: string | null) => {
    if (await noteTried(services.pool, row, problem))
      services.bus.publish(`workspace:${workspaceId}`, { kind: 'service', id: row.id });
  };
  try {
    const answer = await withServer(
      services,
      row,
      { workflowId, userId, signal, record },
      async ({ client, declined }): Promise<McpAnswer> => {
        const given = await client.callTool(
          { name: tool, arguments: args },
          { toolDefinition, signal, timeout: callMs },
        );
        record.answered = true;
        const structured = at(given, 'structuredContent');
        return {
          ...{ content: given.content, failed: given.isError === true, declined: [...declined] },
          ...(structured === undefined ? {} : { structured }),
        };
      },
      callMs,
    );
    await note(null);
    return answer;
  } catch (error) {
    signal.throwIfAborted();
    if (!StepError.isInstance(error)) throw error;
    if (error.code === 'mcp_refused') record.answered = true;
    await note(ofServer.has(error.code) ? error.message : null);
    throw error;
  }
}
