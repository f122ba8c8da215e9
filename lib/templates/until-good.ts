import { answerSchema, defineTemplate, startStep } from './define-template';

export default defineTemplate({
  name: 'until-good',
  title: 'Improve until it is good',
  job: 'Writes a text, has it scored, and improves it until the score is high enough.',
  area: 'Writing',
  steps: [
    startStep(
      [
        'brief',
        'text',
        'An announcement of shared dashboards for people who manage support teams',
        'What the text should say.',
      ],
      ['least', 'number', '8', 'The score from 0 to 10 that is good enough.'],
    ),
    {
      id: 'until',
      type: 'loop',
      name: 'Until it is good',
      config: {
        mode: 'until',
        condition: 'last.score >= steps.start.output.least',
        start: '{"text": "", "score": 0, "change": ""}',
        most: 4,
        onMost: 'continue',
      },
    },
    {
      id: 'write',
      type: 'agent',
      name: 'Write',
      group: 'until',
      config: {
        agent: 'writer',
        prompt: `Write this in 200 words at most: {{ steps.start.output.brief }}
{{ last.text == "" ? "" : "\\nImprove your last text. Change this: " + last.change + "\\n\\n" + last.text }}`,
      },
    },
    {
      id: 'judge',
      type: 'agent',
      name: 'Judge',
      color: 'violet',
      group: 'until',
      config: {
        agent: 'reviewer',
        prompt: `Judge this text by its brief: is it true to it, clear, short, and free of hollow words?

Brief: {{ steps.start.output.brief }}

Text, round {{ round }}:
{{ steps.write.output.text }}`,
        outputSchema: answerSchema({
          score: { type: 'integer', minimum: 0, maximum: 10 },
          change: { type: 'string' },
        }),
      },
    },
    {
      id: 'round',
      type: 'transform',
      name: 'This round',
      group: 'until',
      config: {
        fields: [
          { id: 'text', name: 'text', expression: 'steps.write.output.text' },
          { id: 'score', name: 'score', expression: 'steps.judge.output.value.score' },
          { id: 'change', name: 'change', expression: 'steps.judge.output.value.change' },
        ],
      },
    },
    {
      id: 'result',
      type: 'output',
      name: 'Text',
      config: {
        format: 'markdown',
        template: `{{ steps.until.output.last.text }}

*Score {{ steps.until.output.last.score }} of 10 in round {{ steps.until.output.rounds }}.*{{ steps.until.output.last.score >= steps.start.output.least ? "" : "\\n\\n**Not good enough yet.** " + steps.until.output.last.change }}`,
      },
    },
  ],
  ways: ['start > until > result', 'write > judge > round'],
});
