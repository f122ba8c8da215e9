import { z } from 'zod';
import { readTools } from '@/lib/mcp/read-tools';
import { mcpLimits } from '@/lib/mcp/schema';
import { cleanName } from '@/lib/names/name-problem';
import { StepError } from '@/lib/nodes/node-type/define-node';
import type { Redactor } from '@/server/connections/redact';
import { hashOf } from '@/server/idempotency/hash-of';
import type { Services } from '@/server/services';
import { type McpSession, type McpTarget, withServer } from './connect';
import type { ListedServer } from './store';

/** A page of tools, none of which is looked at yet: one that is wrong must not hide the others. */
const pageSchema = z.looseObject({
  tools: z.array(z.unknown()),
  nextCursor: z.string().max(10_000).optional(),
});
const listMs = 60_000;

/** Asks a server for its tools in the name of a person, page by page, within bounds. Throws `StepError`. */
export async function fetchTools(
  services: Pick<Services, 'pool' | 'bus' | 'vault' | 'egress'>,
  target: McpTarget & { slug: string },
  userId: string,
): Promise<ListedServer> {
  const signal = AbortSignal.timeout(listMs);
  const record: { redact?: Redactor } = {};
  const asked = { workflowId: null, userId, signal, record };
  try {
    const work = (session: McpSession) =>
      listed(session, target, { redact: record.redact, signal: session.signal });
    return await withServer(services, target, asked, work, listMs);
  } catch (error) {
    if (!signal.aborted || StepError.isInstance(error)) throw error;
    const message = `${target.name} took longer than ${listMs / 1_000} s to list its tools.`;
    throw new StepError('mcp_timeout', message, { retryable: true, noEffect: true });
  }
}

/** The tools of a server, asked for in a session that is open. */
export async function listed(
  { client }: Pick<McpSession, 'client'>,
  { name, slug }: Pick<McpTarget, 'name'> & { slug: string },
  { redact, signal }: { redact: Redactor | undefined; signal: AbortSignal },
): Promise<ListedServer> {
  const items =
    client.getServerCapabilities()?.tools === undefined ? [] : await pagesOf(client, name, signal);
  // Whatever repeats the credentials is not shown to anybody.
  const { tools, refused } = readTools(redact?.value(items) ?? items, slug);
  if (JSON.stringify(tools).length > mcpLimits.all) {
    throw tooMuch(`${name} describes its tools in more than ${mcpLimits.all / 1_048_576} MB.`);
  }
  const own = { ...client.getServerVersion(), protocol: client.getNegotiatedProtocolVersion() };
  const said = redact?.value(own) ?? own;
  return {
    title: cleanName(String(said.title ?? said.name ?? '').slice(0, 100)) || name,
    version: cleanName(String(said.version ?? '').slice(0, 50)) || null,
    protocol: String(said.protocol ?? '').slice(0, 20),
    tools: tools.map((tool) => ({ ...tool, print: hashOf(tool) })),
    refused,
  };
}

async function pagesOf(
  client: McpSession['client'],
  name: string,
  signal: AbortSignal,
): Promise<unknown[]> {
  const items: unknown[] = [];
  let size = 0;
  let cursor: string | undefined;
  for (let page = 0; page < mcpLimits.pages; page += 1) {
    const params = cursor === undefined ? {} : { cursor };
    const found = await client.request({ method: 'tools/list', params }, pageSchema, { signal });
    items.push(...found.tools);
    size += found.tools.length === 0 ? 0 : JSON.stringify(found.tools).length;
    if (items.length > mcpLimits.tools)
      throw tooMuch(`${name} lists more than ${mcpLimits.tools} tools.`);
    if (size > 4 * mcpLimits.all)
      throw tooMuch(
        `${name} describes its tools in more than ${(4 * mcpLimits.all) / 1_048_576} MB.`,
      );
    if (found.nextCursor === undefined || found.nextCursor === '') return items;
    cursor = found.nextCursor;
  }
  throw tooMuch(`${name} lists its tools on more than ${mcpLimits.pages} pages.`);
}

const tooMuch = (what: string) =>
  new StepError(
    'mcp_too_much',
    `${what} No agent could choose from that: ask for a smaller server.`,
  );
