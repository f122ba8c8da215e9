import { z } from 'zod';

const steps = z.array(z.string().min(1).max(120)).max(20);

/** Any JSON, which models are told without the schema of JSON itself: not every vendor takes one that names itself. */
const anyJson = z.unknown().pipe(z.json());

/** One edit of an agent. Flat, and by the keys of steps: every vendor's models can write that. */
export const agentEditSchema = z.strictObject({
  edit: z.enum(['add', 'set', 'rename', 'remove', 'connect', 'disconnect']),
  step: z
    .string()
    .min(1)
    .max(100)
    .describe(
      'Key of the step. For "add" a new one: lower-case letters, digits and _. For "connect" and "disconnect" the step that the wire begins at; behind a step with ports write "key:port".',
    ),
  type: z.string().max(64).optional().describe('For "add": the type of the step.'),
  name: z
    .string()
    .max(100)
    .optional()
    .describe('For "add" and "rename": two to five words for people.'),
  config: z.record(z.string(), anyJson).optional().describe('For "add": its settings.'),
  after: steps
    .optional()
    .describe('For "add": the steps it comes after; behind a step with ports write "key:port".'),
  before: steps
    .optional()
    .describe(
      'For "add": the steps it comes before. Between two connected steps it takes their wire.',
    ),
  field: z.string().max(200).optional().describe('For "set": the setting.'),
  value: anyJson.optional().describe('For "set": its value; absent takes it away.'),
  to: z
    .string()
    .max(100)
    .optional()
    .describe('For "connect" and "disconnect": where the wire ends.'),
});
export type AgentEdit = z.infer<typeof agentEditSchema>;

/** Name of the tool with which an agent changes a workflow. */
export const changeTool = 'workflow_change';
/** Calls in a row whose result has new problems, before no further one is taken. */
export const maxRounds = 3;
/** An agent keeps off what a person touched so short a time ago. */
export const handsOffMs = 10_000;
