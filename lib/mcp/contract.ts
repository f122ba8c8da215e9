import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { nameSchema } from '@/lib/names/schema';
import { mcpLimits, refusedToolSchema, serverToolSchema } from './schema';

const tag = 'MCP servers';
const iso = z.iso.datetime();
const params = z.strictObject({ id: z.uuid() });
const name = nameSchema(60);
const url = z.url({ protocol: /^https?$/ }).max(2_000);
const connection = z.string().min(1).max(100);

export const mcpServerSchema = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  url: z.string(),
  connection: z.string().nullable(),
  /** What it calls itself. */
  title: z.string(),
  version: z.string().nullable(),
  /** Version of the protocol that it spoke. */
  protocol: z.string(),
  toolCount: z.int(),
  /** Tools that cannot be taken. */
  refusedCount: z.int(),
  /** Tools that were added, changed or removed since, and wait to be accepted. */
  driftCount: z.int(),
  /** Why it could not be used when it was last tried. */
  problem: z.string().nullable(),
  revision: z.int(),
  triedAt: iso,
  /** When it last said which tools it has. */
  listedAt: iso,
  createdBy: z.string().nullable(),
  createdAt: iso,
});
export type McpServer = z.infer<typeof mcpServerSchema>;

const shownToolSchema = serverToolSchema.extend({
  /** How agents name it, unless another tool has that name. */
  toolName: z.string(),
});
export type ShownTool = z.infer<typeof shownToolSchema>;

export const mcpServerDetailSchema = mcpServerSchema.extend({
  tools: z.array(shownToolSchema.extend({ reads: z.boolean(), heldBack: z.string().nullable() })),
  refused: z.array(refusedToolSchema),
  /** What waits to be accepted; `print` names exactly this. */
  drift: z
    .strictObject({
      print: z.string(),
      added: z.array(shownToolSchema),
      removed: z.array(shownToolSchema),
      changed: z.array(z.strictObject({ before: shownToolSchema, after: shownToolSchema })),
    })
    .nullable(),
  /** Agents that were given tools of it. */
  agents: z.array(z.strictObject({ id: z.uuid(), name: z.string() })),
});
export type McpServerDetail = z.infer<typeof mcpServerDetailSchema>;

export const listMcpServers = defineRoute({
  id: 'mcp-servers.list',
  method: 'GET',
  path: '/mcp-servers',
  summary: 'MCP servers of the workspace by name.',
  tag,
  permission: 'services.read',
  result: z.strictObject({ items: z.array(mcpServerSchema) }),
});
export const createMcpServer = defineRoute({
  id: 'mcp-servers.create',
  method: 'POST',
  path: '/mcp-servers',
  summary:
    'Add an MCP server by its address (Streamable HTTP). Its tools are listed at once, and taken as they are.',
  tag,
  permission: 'services.manage',
  body: z.strictObject({ name, url, connection: connection.optional() }),
  result: mcpServerDetailSchema,
  status: 201,
});
export const getMcpServer = defineRoute({
  id: 'mcp-servers.get',
  method: 'GET',
  path: '/mcp-servers/{id}',
  summary: 'One MCP server with its tools, what waits to be accepted, and the agents that use it.',
  tag,
  permission: 'services.read',
  params,
  result: mcpServerDetailSchema,
});
/** What was read of a server before it is changed. */
export const mcpServerRead = z
  .strictObject({
    name: z.string(),
    url: z.string(),
    connection: z.string().nullable(),
    /** In any order. */
    reads: z
      .array(z.string())
      .max(mcpLimits.tools)
      .transform((names) => names.toSorted()),
  })
  .partial();
export const updateMcpServer = defineRoute({
  id: 'mcp-servers.update',
  method: 'PATCH',
  path: '/mcp-servers/{id}',
  summary:
    'Change the name, address or connection of an MCP server. With `reads`, an admin names the tools that only read, of those of which the server says so.',
  tag,
  permission: 'services.manage',
  params,
  body: z.strictObject({
    name: name.optional(),
    url: url.optional(),
    connection: connection.nullable().optional(),
    reads: z.array(z.string().min(1).max(128)).max(mcpLimits.tools).optional(),
    /** What you read: where it is otherwise now, nothing is changed. */
    was: mcpServerRead.optional(),
  }),
  result: mcpServerDetailSchema,
});
export const deleteMcpServer = defineRoute({
  id: 'mcp-servers.delete',
  method: 'DELETE',
  path: '/mcp-servers/{id}',
  summary: 'Delete an MCP server. While agents have tools of it, only with force.',
  tag,
  permission: 'services.manage',
  params,
  query: z.strictObject({ force: z.enum(['', 'true']).optional() }),
  result: z.strictObject({ id: z.uuid() }),
});
export const refreshMcpServer = defineRoute({
  id: 'mcp-servers.refresh',
  method: 'POST',
  path: '/mcp-servers/{id}/refresh',
  summary: 'Ask an MCP server for its tools again. What differs waits to be accepted.',
  tag,
  permission: 'services.manage',
  params,
  result: mcpServerDetailSchema,
});
export const acceptMcpServer = defineRoute({
  id: 'mcp-servers.accept',
  method: 'POST',
  path: '/mcp-servers/{id}/accept',
  summary: 'Accept the tools that an MCP server lists by now. `print` names what was looked at.',
  tag,
  permission: 'services.manage',
  params,
  body: z.strictObject({ print: z.string().min(1).max(100) }),
  result: mcpServerDetailSchema,
});
export const mcpContracts = [
  ...[listMcpServers, createMcpServer, getMcpServer, updateMcpServer, deleteMcpServer],
  ...[refreshMcpServer, acceptMcpServer],
];
