import { z } from 'zod';
import { panelOutcomeSchema } from '@/lib/panel/schema';
import { callSchema, failureSchema, runStatuses } from '@/lib/runs/schema';
import { attachedFileSchema } from './attached';
import { answerFeedbackSchema } from './feedback/contract';
import { shownMarkSchema } from './marks/mark';

const iso = z.iso.datetime();

/** A command that was done in a chat. The result is Markdown: what was done, or why it was not. */
export const commandLineSchema = z.strictObject({
  name: z.string(),
  state: z.enum(['running', 'done', 'failed']),
  result: z.string(),
  /** Where to look. */
  links: z.array(z.strictObject({ label: z.string(), href: z.string() })),
});
export type CommandLine = z.infer<typeof commandLineSchema>;

/** A person's message has text at once. An agent's has a run: its text is that run's output, empty until it settles. */
export const messageSchema = z.strictObject({
  id: z.uuid(),
  position: z.int(),
  role: z.enum(['user', 'assistant', 'command']),
  authorName: z.string(),
  /** The person who wrote it. */
  authorId: z.string().optional(),
  /** The agent that answered, or was to. */
  agentId: z.uuid().optional(),
  /** Of an answer of several agents together: who they are, and once it is there what they came to. */
  panel: z
    .strictObject({
      agents: z.array(z.strictObject({ id: z.uuid(), name: z.string() })),
      outcome: panelOutcomeSchema.optional(),
    })
    .optional(),
  text: z.string(),
  /** What was sent along; a file that was deleted since keeps its name here. */
  files: z.array(attachedFileSchema.extend({ deleted: z.boolean() })),
  /** What the text names with `#`, as it was called then. */
  marks: z.array(shownMarkSchema).optional(),
  createdAt: iso,
  /** What people said of an agent's answer; absent where nobody can. */
  feedback: answerFeedbackSchema.optional(),
  /** What became of a command; its line is the text. */
  command: commandLineSchema.optional(),
  run: z
    .strictObject({
      id: z.uuid(),
      status: z.enum(runStatuses),
      error: failureSchema.optional(),
      calls: z.array(callSchema),
      /** In US dollars, with all runs that its steps started. */
      costUsd: z.number(),
      /** What people should know of how the answer came about, a sentence each: parts of files that were left out. */
      notes: z.array(z.string()).optional(),
    })
    .optional(),
});
export type Message = z.infer<typeof messageSchema>;
