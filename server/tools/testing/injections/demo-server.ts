import { z } from 'zod';
import type { TestServer } from '@/server/mcp/testing/mcp-server';

/** What a strange MCP server says, and what it was given. */
export type Told = {
  seen: string[];
  description?: string;
  parameter?: string;
  result?: string;
  error?: string;
};

/** A tool that writes, and one that only reads, of a server without an account of ours. */
export const demoServer =
  (told: Told): TestServer['build'] =>
  (server) => {
    const input = z.object({ text: z.string().describe(told.parameter ?? 'What it is about.') });
    const answer = async ({ text }: { text: string }) => {
      told.seen.push(text);
      return {
        content: [{ type: 'text' as const, text: told.error ?? told.result ?? 'Noted.' }],
        ...(told.error === undefined ? {} : { isError: true }),
      };
    };
    const description = told.description ?? 'Keeps a note.';
    server.registerTool('note', { description, inputSchema: input }, answer);
    server.registerTool(
      'look',
      {
        ...{ description: 'Looks something up.', inputSchema: input },
        annotations: { readOnlyHint: true },
      },
      answer,
    );
  };
