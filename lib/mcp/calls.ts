/** What a step or an agent asks of an MCP server. */
export type McpCall = { server: string; tool: string; args: Record<string, unknown> };

/** Its answer as the server gave it: nothing of it is checked but its size. */
export type McpAnswer = {
  content: readonly unknown[];
  structured?: unknown;
  /** The tool says that it failed. */
  failed: boolean;
  /** What the server asked of us meanwhile, which was declined. */
  declined: string[];
};
