import { answerSchema, defineTemplate, startStep } from './define-template';

const speech = (id: string, name: string, side: string, rest: string) => ({
  id,
  type: 'agent',
  name,
  config: {
    prompt: `Question: {{ steps.start.output.question }}

You argue ${side}. ${rest}
At most 150 words. No insults, no invented figures.`,
  },
});

export default defineTemplate({
  name: 'debate',
  title: 'Debate and judge',
  job: 'Two agents argue both sides of a decision, answer each other, and a judge weighs the arguments.',
  area: 'Research',
  steps: [
    startStep([
      'question',
      'text',
      'Should a team of eight move from two-week sprints to continuous flow?',
      'A decision with two sides.',
    ]),
    speech('for', 'Argues for', 'for it', 'Give your three strongest arguments.'),
    speech('against', 'Argues against', 'against it', 'Give your three strongest arguments.'),
    speech(
      'for-reply',
      'Replies for',
      'for it',
      'Answer the other side:\n\n{{ steps.against.output.text }}',
    ),
    speech(
      'against-reply',
      'Replies against',
      'against it',
      'Answer the other side:\n\n{{ steps.for.output.text }}',
    ),
    {
      id: 'judge',
      type: 'agent',
      name: 'Judge',
      color: 'violet',
      config: {
        agent: 'reviewer',
        prompt: `Question: {{ steps.start.output.question }}

For: {{ steps.for.output.text }}
Against: {{ steps.against.output.text }}
Reply for: {{ steps.for_reply.output.text }}
Reply against: {{ steps.against_reply.output.text }}

Judge the arguments, not the style. Say what would change your mind.`,
        outputSchema: answerSchema({
          verdict: { enum: ['for', 'against', 'undecided'] },
          confidence: { type: 'number', minimum: 0, maximum: 1 },
          reason: { type: 'string' },
          would_change: { type: 'string' },
        }),
      },
    },
    {
      id: 'result',
      type: 'output',
      name: 'Verdict',
      config: {
        format: 'markdown',
        template: `# {{ steps.start.output.question }}

**{{ upper(steps.judge.output.value.verdict) }}**, confidence {{ formatNumber(steps.judge.output.value.confidence, 2) }}

{{ steps.judge.output.value.reason }}

*Would change the verdict:* {{ steps.judge.output.value.would_change }}

## For
{{ steps.for.output.text }}

## Against
{{ steps.against.output.text }}`,
      },
    },
  ],
  ways: [
    'start > for > against-reply > judge',
    'start > against > for-reply > judge',
    'for > for-reply',
    'against > against-reply',
    'judge > result',
  ],
});
