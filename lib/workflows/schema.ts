import { z } from 'zod';

/** Limits of one workflow; a definition over them is refused with the limit's name. */
export const workflowLimits = {
  nodes: 1_000,
  edges: 5_000,
  nameLength: 200,
  textLength: 100_000,
  groups: 200,
  notes: 500,
  noteLength: 20_000,
  /** Characters of a pinned output as JSON. */
  pinnedOutput: 32_768,
  /** The same for all of a workflow together. */
  pinnedOutputs: 1_048_576,
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

/** Colours that people give to steps, groups and notes. Only their names are stored: each theme has its own shades. */
export const colors = ['grey', 'red', 'orange', 'yellow', 'green', 'blue', 'violet'] as const;
export const colorSchema = z.enum(colors);
export type Color = z.infer<typeof colorSchema>;

/** What happens around a step, whatever its type. Times are in milliseconds. */
export const policySchema = z.strictObject({
  retry: z
    .strictObject({
      /** How often the step may run in all, the first time included. */
      attempts: z.int().min(1).max(20).default(3),
      /** Wait before the second attempt; doubles with each further one, with jitter. */
      backoffMs: z.int().min(0).max(3_600_000).default(1_000),
      maxBackoffMs: z.int().min(0).max(86_400_000).default(60_000),
      /** Spread of the waits, as a part of them. */
      jitter: z.number().min(0).max(1).optional(),
      /** Only failures with one of these codes are tried again; else those that may pass. */
      codes: z.array(z.string().min(1).max(100)).max(20).optional(),
    })
    .optional(),
  timeoutMs: z.int().min(100).max(86_400_000).optional(),
  /** When it fails for good: the run fails, goes on at the port “error”, or goes on with `fallback` as output. */
  onError: z.enum(['fail', 'port', 'continue']).optional(),
  fallback: z.json().optional(),
  /** Whether it may be begun again when nobody knows if it had its effect: yes, never, or when a person says so. */
  sideEffects: z.enum(['repeat', 'once', 'ask']).optional(),
  /** Takes the output of an earlier step with the same key, for so long, instead of running. */
  cache: z
    .strictObject({
      /** An expression; what it gives, and the settings, are the key. */
      key: z.string().min(1).max(2_000),
      forMs: z
        .int()
        .min(1_000)
        .max(30 * 86_400_000),
    })
    .optional(),
  /** Of steps that are ready the higher ones are taken first. */
  priority: z.int().min(-10).max(10).optional(),
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
  /** The group whose frame it stands in. */
  group: elementIdSchema.optional(),
  color: colorSchema.optional(),
  /** True: tidying the layout leaves it where it stands. */
  fixed: z.boolean().optional(),
  /** Taken for its output instead of running it, in rehearsals and debugging; live runs ignore it. */
  pinnedOutput: z.json().optional(),
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

/** A named frame around the nodes that name it. Its place follows from theirs. */
export const groupSchema = z.strictObject({
  id: elementIdSchema,
  name: z.string().max(workflowLimits.nameLength).default(''),
  color: colorSchema.optional(),
});
export type WorkflowGroup = z.infer<typeof groupSchema>;

/** A piece of paper on the canvas, in Markdown. Sizes are in canvas pixels. */
export const noteSchema = z.strictObject({
  id: elementIdSchema,
  text: z.string().max(workflowLimits.noteLength).default(''),
  position: positionSchema,
  width: z.number().min(80).max(2_000).default(240),
  height: z.number().min(60).max(2_000).default(160),
  color: colorSchema.optional(),
});
export type WorkflowNote = z.infer<typeof noteSchema>;

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
  groups: z.array(groupSchema).max(workflowLimits.groups).optional(),
  notes: z.array(noteSchema).max(workflowLimits.notes).optional(),
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
  /** Nothing is wrong yet: something was not filled in. It blocks publishing all the same. */
  missing?: true;
  /** The whole text of the field as it was probably meant, where that is known. */
  fix?: string;
};
