import { z } from 'zod';
import { toolSources } from '@/lib/tools/define-tool';
import { grantApprovals, maxGrants, toolNameSchema } from '@/lib/tools/settings';
import { agentInputSchema } from '../schema';

export const agentFileFormat = 'ensemble-agent';
export const agentFileVersion = 1;

/** A tool as a file names it: nothing of the workspace that it was in. */
export const fileToolSchema = z.strictObject({
  name: toolNameSchema,
  /** Null where it was not there any more when the file was made. */
  source: z.enum(toolSources).nullable(),
  title: z.string().max(300),
  approval: z.enum(grantApprovals),
  /** It had a connection. Which one is for whoever imports it to say. */
  connects: z.boolean(),
});
export type FileTool = z.infer<typeof fileToolSchema>;

/** An agent to take along: what it is, but neither secrets nor ids nor connections. `sha256` is of all else. */
export const agentFileSchema = z.strictObject({
  format: z.literal(agentFileFormat),
  version: z.literal(agentFileVersion),
  exportedAt: z.iso.datetime(),
  agent: agentInputSchema.omit({ tools: true }).extend({ name: z.string().max(200) }),
  tools: z.array(fileToolSchema).max(maxGrants),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type AgentFile = z.infer<typeof agentFileSchema>;
