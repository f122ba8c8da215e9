import { z } from 'zod';
import { schemaMisfits } from '@/lib/mcp/fits-schema';
import { answerValue, readAnswer } from '@/lib/mcp/read-answer';
import type { PinnedTool } from '@/lib/mcp/schema';
import { type SavedFile, StepError } from '@/lib/nodes/node-type/define-node';
import { carriesAddress } from './carries-address';
import { defineTool, type Tool } from './define-tool';
import { toolName } from './tool-name';

type Server = { id: string; name: string; slug: string; connected: boolean };
type State = { unavailable?: string | undefined; trouble?: string | undefined };

export const mcpRef = (serverId: string, tool = ''): string => `mcp:${serverId}:${tool}`;

/**
 * A tool of an MCP server as somebody accepted it. What the server says of its effects is not believed: it acts once and
 * carries something out, unless an admin said that it only reads.
 */
export function mcpTool(server: Server, tool: PinnedTool, { unavailable, trouble }: State): Tool {
  const { name, title, description, inputSchema, hints } = tool;
  const reads = tool.reads && hints.readOnly;
  return defineTool({
    name: toolName('mcp', server.slug, name),
    ref: mcpRef(server.id, name),
    source: 'mcp',
    title: `${server.name}: ${title}`,
    description: description.trim() === '' ? `${title}, a tool of ${server.name}.` : description,
    input: z.record(z.string(), z.unknown()).superRefine((args, to) => {
      for (const message of schemaMisfits(inputSchema, args))
        to.addIssue({ code: 'custom', message });
    }),
    inputSchema,
    effect: reads ? 'read' : 'once',
    risk: reads ? 1 : hints.destructive ? 3 : 2,
    approval: 'policy',
    permission: 'runs.start',
    timeoutMs: 120_000,
    outside: true,
    ...(server.connected ? { private: true as const } : {}),
    // A server without an account of ours is a stranger: what it is asked goes out.
    outward: reads && server.connected ? carriesAddress : true,
    ...(unavailable === undefined ? {} : { unavailable }),
    ...(trouble === undefined ? {} : { trouble }),
    async run(args, context) {
      const answer = await context.service('mcp', { server: server.id, tool: name, args });
      const read = readAnswer(answer);
      if (answer.failed) {
        const asked =
          answer.declined.length === 0
            ? ''
            : ` It asked for ${answer.declined.join(', ')}, which was declined.`;
        const said = read.text.trim().slice(0, 2_000) || 'it gave no reason.';
        throw new StepError(
          'tool_failed',
          `${server.name} says that ${title} failed: ${said}${asked}`,
        );
      }
      const files: SavedFile[] = [];
      for (const file of read.files) files.push(await context.saveFile(file));
      return answerValue(read, files);
    },
  });
}
