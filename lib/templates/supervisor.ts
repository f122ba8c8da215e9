import { answerSchema, defineTemplate, startStep } from './define-template';

const worker = (id: string, name: string, agent: string, field: string) => ({
  id,
  type: 'agent',
  name,
  config: {
    agent,
    prompt: `Goal: {{ steps.start.output.goal }}

Your part of it: {{ steps.plan.output.value.${field} }}

Do your part and nothing else. At most 250 words.`,
  },
});

export default defineTemplate({
  name: 'supervisor',
  title: 'Supervisor and workers',
  job: 'A supervisor splits a goal into parts, three specialists work side by side, and the supervisor accepts the result or has it revised.',
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
        prompt: `You lead an analyst, a writer and a reviewer. Split this goal into one task for each, so that nothing is done twice.

Goal: {{ steps.start.output.goal }}`,
        outputSchema: answerSchema({
          analyst: { type: 'string' },
          writer: { type: 'string' },
          reviewer: { type: 'string' },
          done_when: { type: 'string' },
        }),
      },
    },
    worker('facts', 'Analyst', 'analyst', 'analyst'),
    worker('text', 'Writer', 'writer', 'writer'),
    worker('risks', 'Reviewer', 'reviewer', 'reviewer'),
    {
      id: 'judge',
      type: 'agent',
      name: 'Supervisor decides',
      color: 'violet',
      config: {
        prompt: `The goal is reached when: {{ steps.plan.output.value.done_when }}

Analyst: {{ steps.facts.output.text }}
Writer: {{ steps.text.output.text }}
Reviewer: {{ steps.risks.output.text }}

Is it reached? If not, say what must change in the writer's text.`,
        outputSchema: answerSchema({
          accepted: { type: 'boolean' },
          change: { type: 'string' },
        }),
      },
    },
    {
      id: 'accepted',
      type: 'switch',
      name: 'Accepted?',
      config: {
        cases: [
          { id: 'yes', label: 'Accepted', condition: 'steps.judge.output.value.accepted == true' },
        ],
      },
    },
    {
      id: 'revise',
      type: 'agent',
      name: 'Writer revises',
      config: {
        agent: 'writer',
        prompt: `Change your text as the supervisor asks: {{ steps.judge.output.value.change }}

{{ steps.text.output.text }}

Facts of the analyst:
{{ steps.facts.output.text }}`,
      },
    },
    {
      id: 'result',
      type: 'output',
      name: 'Result',
      config: {
        format: 'markdown',
        template: `# {{ steps.start.output.goal }}

{{ has(steps.revise.output) ? steps.revise.output.text : steps.text.output.text }}

## Facts
{{ steps.facts.output.text }}

## Risks
{{ steps.risks.output.text }}`,
      },
    },
  ],
  ways: [
    'start > plan > facts > judge > accepted',
    'plan > text > judge',
    'plan > risks > judge',
    'accepted:yes > result',
    'accepted:else > revise > result',
  ],
});
