import { z } from 'zod';

/** Limits of one workflow; a definition over them is refused with the limit's name. */
export const workflowLimits = {
  nodes: 1_000,
  edges: 5_000,
  nameLength: 200,
  textLength: 100_000,
} as const;

/** Stable id of a node or an edge: given by an import, or made by the editor. Never shown to people. */
export const elementIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'use 1 to 64 letters, digits, "_" or "-"');

/** How expressions name a node: `steps.<key>.output`. Unique within its workflow. */
export const nodeKeySchema = z
  .string()
  .regex(
    /^[a-z_][a-z0-9_]{0,63}$/,
    'use lower-case letters, digits and "_", not starting with a digit',
  );

export const positionSchema = z.strictObject({ x: z.number(), y: z.number() });

/** What happens around a step, whatever its type. Times are in milliseconds. */
export const policySchema = z.strictObject({
  retry: z
    .strictObject({
      /** How often the step may run in all, the first time included. */
      attempts: z.int().min(1).max(20).default(3),
      /** Wait before the second attempt; doubles with each further one, with jitter. */
      backoffMs: z.int().min(0).max(3_600_000).default(1_000),
      maxBackoffMs: z.int().min(0).max(86_400_000).default(60_000),
    })
    .optional(),
  timeoutMs: z.int().min(100).max(86_400_000).optional(),
});
export type Policy = z.infer<typeof policySchema>;

export const nodeSchema = z.strictObject({
  id: elementIdSchema,
  key: nodeKeySchema,
  type: z.string().min(1).max(64),
  name: z.string().min(1).max(workflowLimits.nameLength),
  position: positionSchema,
  /** Checked against the node type's own schema by `problems` and before publishing. */
  config: z.record(z.string(), z.json()).default({}),
  policy: policySchema.optional(),
  disabled: z.boolean().optional(),
});
export type WorkflowNode = z.infer<typeof nodeSchema>;

export const edgeSchema = z.strictObject({
  id: elementIdSchema,
  source: elementIdSchema,
  /** Output port of the source: `out` unless its type says otherwise. */
  sourcePort: z.string().min(1).max(64).default('out'),
  target: elementIdSchema,
  targetPort: z.string().min(1).max(64).default('in'),
});
export type WorkflowEdge = z.infer<typeof edgeSchema>;

/** The one shape of a workflow: what the canvas draws, a file holds, a version freezes and a run executes. */
export const definitionSchema = z.strictObject({
  schema: z.literal(1).default(1),
  name: z.string().min(1).max(workflowLimits.nameLength),
  description: z.string().max(10_000).default(''),
  timeoutMs: z
    .int()
    .min(1_000)
    .max(7 * 86_400_000)
    .optional(),
  nodes: z.array(nodeSchema).max(workflowLimits.nodes),
  edges: z.array(edgeSchema).max(workflowLimits.edges),
});
export type Definition = z.infer<typeof definitionSchema>;

/** Something about a draft that a person should know. Errors block publishing; warnings do not. */
export type Problem = {
  severity: 'error' | 'warning';
  code: string;
  message: string;
  nodeId?: string;
  edgeId?: string;
  /** Path inside the node's config, e.g. `['prompt']`. */
  path?: (string | number)[];
};
