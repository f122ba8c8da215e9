import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';

const tag = 'Chat';
const verdicts = ['up', 'down'] as const;
const verdictSchema = z.enum(verdicts);
export type Verdict = z.infer<typeof verdictSchema>;

/** What people said of an answer: counts, and one's own. */
export const answerFeedbackSchema = z.strictObject({
  up: z.int(),
  down: z.int(),
  mine: verdictSchema.nullable(),
});
export type AnswerFeedback = z.infer<typeof answerFeedbackSchema>;

/** One person has one voice for an answer; saying it again changes it. */
export const giveFeedback = defineRoute({
  id: 'chat.feedback',
  method: 'PUT',
  path: '/threads/{id}/messages/{messageId}/feedback',
  summary: 'Say whether an answer was good, with a reason if need be. Null takes it back.',
  tag,
  permission: 'chat.write',
  params: z.strictObject({ id: z.uuid(), messageId: z.uuid() }),
  body: z.strictObject({
    verdict: verdictSchema.nullable(),
    reason: z.string().trim().max(2_000).default(''),
  }),
  result: answerFeedbackSchema,
});

export const listAgentFeedback = defineRoute({
  id: 'agents.feedback',
  method: 'GET',
  path: '/agents/{id}/feedback',
  summary:
    'What people said of an agent’s answers in chats: counts by its versions, and the latest reasons.',
  tag: 'Agents',
  permission: 'agents.read',
  params: z.strictObject({ id: z.uuid() }),
  result: z.strictObject({
    /** The newest version first. */
    versions: z.array(z.strictObject({ version: z.int(), up: z.int(), down: z.int() })),
    /** At most 20, the newest first. */
    reasons: z.array(
      z.strictObject({
        messageId: z.uuid(),
        threadId: z.uuid(),
        version: z.int(),
        verdict: verdictSchema,
        reason: z.string(),
        personName: z.string(),
        at: z.iso.datetime(),
      }),
    ),
  }),
});
export const feedbackContracts = [giveFeedback, listAgentFeedback];
