import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { toolEffects } from '@/lib/tools/call';
import { toolSources } from '@/lib/tools/define-tool';
import { agentInputSchema, agentSchema } from '../schema';
import { agentFileSchema } from './schema';

const tag = 'Agents';

/** What an import would make, for whoever is about to say yes. */
export const importPlanSchema = z.strictObject({
  name: z.string(),
  /** Another one than in the file where that is taken. */
  handle: z.string(),
  description: z.string(),
  instructions: z.string(),
  /** What it would be able to do. */
  tools: z.array(
    z.strictObject({
      name: z.string(),
      title: z.string(),
      source: z.enum(toolSources),
      effect: z.enum(toolEffects),
      risk: z.int(),
      unavailable: z.string().nullable(),
      /** The file says not to ask before its calls. That is not taken over. */
      asksAgain: z.boolean(),
    }),
  ),
  /** Tools that are not here, or are something else here: they are left out. */
  missing: z.array(z.strictObject({ name: z.string(), title: z.string() })),
  /** Tools that had a connection: choose one afterwards. */
  connect: z.array(z.string()),
  model: agentInputSchema.shape.model,
  /** Models that are not ready here. */
  missingModels: z.array(z.string()),
});
export type ImportPlan = z.infer<typeof importPlanSchema>;

export const exportAgent = defineRoute({
  id: 'agents.export',
  method: 'GET',
  path: '/agents/{id}/export',
  summary:
    'An agent as one JSON file: instructions, model, limits and tools by name, with a checksum. Connections and secrets are not in it.',
  tag,
  permission: 'agents.read',
  params: z.strictObject({ id: z.uuid() }),
  result: agentFileSchema,
});
export const importAgent = defineRoute({
  id: 'agents.import',
  method: 'POST',
  path: '/agents/import',
  summary:
    'Make a new agent of an exported file. With `check`, only say what it would be able to do and what it lacks. A file that was changed is refused.',
  tag,
  permission: 'agents.edit',
  query: z.strictObject({ check: z.enum(['', 'true']).optional() }),
  body: z.strictObject({ file: z.record(z.string(), z.unknown()) }),
  result: z.strictObject({ agent: agentSchema.nullable(), plan: importPlanSchema }),
});
export const agentFileContracts = [exportAgent, importAgent];
