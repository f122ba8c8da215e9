import { z } from 'zod';

/** What people are asked about a call, kept with it. */
export const toolQuestionSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('approval'),
    /** Why somebody is asked. */
    why: z.enum(['tool', 'agent', 'risk', 'taint']),
    text: z.string(),
    expiresAt: z.number(),
  }),
  z.strictObject({
    kind: z.literal('question'),
    text: z.string(),
    choices: z.array(z.string()),
    expiresAt: z.number(),
  }),
  z.strictObject({ kind: z.literal('unknown'), text: z.string() }),
]);
export type ToolQuestion = z.infer<typeof toolQuestionSchema>;

export const approvalScopes = ['once', 'run', 'exact'] as const;

const note = z.string().trim().max(2_000);

/** What a person says about a call. */
export const toolAnswerInputSchema = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('approve'),
    /** `run`: also later calls of this tool in this run; `exact`: those with exactly these arguments. */
    scope: z.enum(approvalScopes).default('once'),
    /** Arguments in place of those that were asked for. */
    args: z.record(z.string(), z.json()).optional(),
    /** Hash of the arguments that the person saw. */
    argsHash: z.string().length(64),
  }),
  z.strictObject({ do: z.literal('refuse'), note: note.default('') }),
  z.strictObject({ do: z.literal('answer'), text: note.min(1) }),
  z.strictObject({ do: z.literal('happened'), result: z.string().max(20_000).default('') }),
  z.strictObject({ do: z.literal('again') }),
  z.strictObject({ do: z.literal('failed') }),
]);
export type ToolAnswerInput = z.infer<typeof toolAnswerInputSchema>;

export const toolAnswerSchema = z.strictObject({
  do: z.enum(['approve', 'refuse', 'answer', 'happened', 'again', 'failed']),
  by: z.strictObject({ id: z.string(), name: z.string() }),
  at: z.iso.datetime(),
  scope: z.enum(approvalScopes).optional(),
  text: z.string().optional(),
  /** Somebody changed the arguments. */
  edited: z.literal(true).optional(),
  /** What was approved, sealed by the server: a row that was changed since does not open it. */
  seal: z.string().optional(),
});
export type ToolAnswer = z.infer<typeof toolAnswerSchema>;
