import { z } from 'zod';

/** What is taken of a server, so that none can fill the product. */
export const mcpLimits = {
  servers: 50,
  tools: 300,
  pages: 50,
  /** Characters of a description, and of an input schema as JSON. */
  description: 8_000,
  schema: 64 * 1_024,
  /** Characters of all tools of a server together. */
  all: 1_024 * 1_024,
  refused: 50,
  /** Bytes of one response. */
  response: 8 * 1_024 * 1_024,
} as const;

/** What a server says of a tool's effects. Nobody vouches for it: what it does not say counts as the worse. */
const hintsSchema = z.strictObject({
  readOnly: z.boolean(),
  destructive: z.boolean(),
  idempotent: z.boolean(),
  openWorld: z.boolean(),
});

/** A tool as its server describes it, after it was checked. */
export const describedToolSchema = z.strictObject({
  name: z.string(),
  title: z.string(),
  description: z.string(),
  inputSchema: z.record(z.string(), z.unknown()),
  hints: hintsSchema,
});
export type DescribedTool = z.infer<typeof describedToolSchema>;

/** With the hash of all that: another one after any change. */
export const serverToolSchema = describedToolSchema.extend({ print: z.string() });
export type ServerTool = z.infer<typeof serverToolSchema>;

/** A tool as somebody accepted it. */
export const pinnedToolSchema = serverToolSchema.extend({
  /** An admin said that it only reads, as its server claims. */
  reads: z.boolean(),
});
export type PinnedTool = z.infer<typeof pinnedToolSchema>;

/** A tool that cannot be taken, and why. */
export const refusedToolSchema = z.strictObject({ name: z.string(), problem: z.string() });
export type RefusedTool = z.infer<typeof refusedToolSchema>;
