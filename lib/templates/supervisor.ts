import { answerSchema, defineTemplate, startStep } from './define-template';

const workers = ['analyst', 'writer', 'reviewer'] as const;

const worker = (handle: (typeof workers)[number], name: string, rest: string) => ({
  id: handle,
  type: 'agent',
  name,
  group: 'each',
  config: {
    agent: handle,
    prompt: `Goal: {{ steps.start.output.goal }}

Your task: {{ item.task }}

${rest} Do this task and nothing else. At most 250 words.`,
  },
});

export default defineTemplate({
  name: 'supervisor',
  title: 'Supervisor and workers',
  job: 'A supervisor splits a goal into tasks, specialists work on them in parallel, and the result is revised until the supervisor accepts it.',
  area: 'Operations',
  steps: [
    startStep([
      'goal',
      'text',
      'Plan the launch of our paid plan for small teams in January',
      'What should be reached.',
    ]),
    {
      id: 'plan',
      type: 'agent',
      name: 'Supervisor plans',
      color: 'violet',
      config: {
        prompt: `You lead an analyst (facts and figures), a writer (texts) and a reviewer (risks and gaps). Split this goal into three to six tasks, so that nothing is done twice. A worker may have several.

Goal: {{ steps.start.output.goal }}`,
        outputSchema: answerSchema({
          tasks: {
            type: 'array',
            minItems: 3,
            maxItems: 6,
            items: {
              type: 'object',
              properties: {
                worker: { type: 'string', enum: [...workers] },
                task: { type: 'string' },
              },
              required: ['worker', 'task'],
              additionalProperties: false,
            },
          },
          done_when: { type: 'string' },
        }),
      },
    },
    {
      id: 'each',
      type: 'map',
      name: 'For each task',
      config: { items: 'steps.plan.output.value.tasks', concurrency: 3 },
    },
    {
      id: 'who',
      type: 'switch',
      name: 'Who does it?',
      group: 'each',
      config: {
        cases: workers.map((handle) => ({
          id: handle,
          label: handle,
          condition: `item.worker == "${handle}"`,
        })),
      },
    },
    worker('analyst', 'Analyst', 'Say where each figure is from.'),
    worker('writer', 'Writer', 'Write what can be used as it is.'),
    worker('reviewer', 'Reviewer', 'Say what could go wrong and how to notice it early.'),
    {
      id: 'part',
      type: 'transform',
      name: 'Task result',
      group: 'each',
      config: {
        fields: [
          { id: 'worker', name: 'worker', expression: 'item.worker' },
          { id: 'task', name: 'task', expression: 'item.task' },
          {
            id: 'text',
            name: 'text',
            expression:
              'has(steps.analyst.output) ? steps.analyst.output.text : has(steps.writer.output) ? steps.writer.output.text : steps.reviewer.output.text',
          },
        ],
      },
    },
    {
      id: 'until',
      type: 'loop',
      name: 'Until it is accepted',
      config: {
        mode: 'until',
        condition: 'last.accepted',
        start: '{"text": "", "accepted": false, "change": ""}',
        most: 3,
        onMost: 'continue',
      },
    },
    {
      id: 'compose',
      type: 'agent',
      name: 'Writer composes',
      group: 'until',
      config: {
        agent: 'writer',
        prompt: `Write the result for this goal from the parts below: {{ steps.start.output.goal }}
{{ last.text == "" ? "" : "\\nChange your last text as the supervisor asks: " + last.change + "\\n\\n" + last.text }}

Parts:
{{ steps.each.output.results.map(part, part.worker + ", " + part.task + ": " + part.text).lines() }}`,
      },
    },
    {
      id: 'judge',
      type: 'agent',
      name: 'Supervisor decides',
      color: 'violet',
      group: 'until',
      config: {
        prompt: `The goal is reached when: {{ steps.plan.output.value.done_when }}

Result, round {{ round }}:
{{ steps.compose.output.text }}

Is it reached? If not, say what must change.`,
        outputSchema: answerSchema({
          accepted: { type: 'boolean' },
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
          { id: 'text', name: 'text', expression: 'steps.compose.output.text' },
          { id: 'accepted', name: 'accepted', expression: 'steps.judge.output.value.accepted' },
          { id: 'change', name: 'change', expression: 'steps.judge.output.value.change' },
        ],
      },
    },
    {
      id: 'result',
      type: 'output',
      name: 'Result',
      config: {
        format: 'markdown',
        template: `# {{ steps.start.output.goal }}

{{ steps.until.output.last.text }}

*{{ steps.until.output.last.accepted ? "Accepted" : "Not accepted" }} in round {{ steps.until.output.rounds }}, from {{ steps.each.output.count }} tasks.*`,
      },
    },
  ],
  ways: [
    'start > plan > each > until > result',
    ...workers.map((handle) => `who:${handle} > ${handle} > part`),
    'compose > judge > round',
  ],
});
