import type { McpAnswer, McpCall } from '@/lib/mcp/calls';
import { driftOf, heldBack } from '@/lib/mcp/drift';
import type { PinnedTool } from '@/lib/mcp/schema';
import { StepError } from '@/lib/nodes/node-type/define-node';
import { at } from '@/lib/values/unknown';
import type { Redactor } from '@/server/connections/redact';
import type { Services } from '@/server/services';
import { withServer } from './connect';
import { listed } from './fetch-tools';
import { noteList } from './note-list';
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
  ...['mcp_no_answer', 'network_failed', 'address_refused', 'connection_missing'],
  'connection_sign_in',
]);

/**
 * Calls a tool of an MCP server as it was accepted, in a session of its own. Nothing is sent to one that was changed since:
 * a server that was asked for its tools long ago is asked before the call, and one that says it has others, or that it does
 * not know the tool, is asked after it. Throws `StepError`.
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
      async (session): Promise<McpAnswer> => {
        const { client, declined, signal } = session;
        const look = async () => {
          const found = await listed(session, row, { redact: record.redact, signal });
          requireSame(row.name, pinned, await noteList(services, row, found, { userId }));
        };
        if (row.isOld) await look();
        const given = await client
          .callTool({ name: tool, arguments: args }, { toolDefinition, signal, timeout: callMs })
          .catch(async (error: unknown) => {
            if (isUnknownTool(error)) await look().catch(rethrowChanged);
            throw error;
          });
        // What it has done is done: the next call is held back.
        if (session.hasOthers()) await look().catch(() => undefined);
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

/** Throws `StepError` unless the tool is what was accepted. */
function requireSame(
  server: string,
  pinned: PinnedTool,
  now: Awaited<ReturnType<typeof noteList>>,
): void {
  const held =
    now === 'missing' || now === undefined
      ? `${server} was removed or given another address at this moment.`
      : now.seen && heldBack(server, pinned, driftOf(now.tools, now.seen));
  if (typeof held === 'string') throw new StepError('mcp_changed', held, { noEffect: true });
}

/** A server answers so, and does nothing, where it has no such tool; it may also mean arguments that it does not take. */
const isUnknownTool = (error: unknown): boolean =>
  [-32_602, -32_601].includes(Number(at(error, 'code')));

/** Whatever else went wrong while looking says less than the answer itself. */
function rethrowChanged(error: unknown): void {
  if (StepError.isInstance(error) && error.code === 'mcp_changed') throw error;
}
