import { answerSchema, defineTemplate, startStep } from './define-template';

const questions = answerSchema({
  questions: { type: 'array', items: { type: 'string' }, minItems: 3, maxItems: 3 },
  audience: { type: 'string' },
});

const findings = answerSchema({
  finding: { type: 'string' },
  evidence: { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 4 },
  confidence: { type: 'number', minimum: 0, maximum: 1 },
});

const researcher = (number: number) => ({
  id: `researcher-${number}`,
  type: 'agent',
  name: `Researcher ${number}`,
  config: {
    agent: 'analyst',
    prompt: `Topic: {{ steps.start.output.topic }}

Answer this one question as well as you can, for {{ steps.plan.output.value.audience }}:
{{ steps.plan.output.value.questions[${number - 1}] }}

Name the evidence for what you say. Say how sure you are, from 0 to 1.`,
    outputSchema: findings,
  },
});

const found = (number: number) =>
  `{{ steps.plan.output.value.questions[${number - 1}] }}
{{ steps.researcher_${number}.output.value.finding }}
Evidence: {{ steps.researcher_${number}.output.value.evidence.join("; ") }}
Confidence: {{ steps.researcher_${number}.output.value.confidence }}`;

export default defineTemplate({
  name: 'research',
  title: 'Research with sub-agents',
  job: 'Splits a topic into questions, researches them in parallel, cross-checks the answers and writes a brief.',
  area: 'Research',
  steps: [
    startStep([
      'topic',
      'text',
      'Heat pumps for apartment buildings built before 1980',
      'What should be researched.',
    ]),
    {
      id: 'plan',
      type: 'model',
      name: 'Plan the questions',
      config: {
        model: 'auto',
        prompt: `Topic: {{ steps.start.output.topic }}

Which three questions, answered well, would let somebody decide? They must not overlap.
Also say in a few words who would ask them.`,
        outputSchema: questions,
      },
    },
    researcher(1),
    researcher(2),
    researcher(3),
    {
      id: 'check',
      type: 'agent',
      name: 'Cross-check',
      config: {
        agent: 'reviewer',
        prompt: `Three researchers worked alone. Where do they contradict each other, and which statement has too little evidence?

${[1, 2, 3].map(found).join('\n\n')}`,
      },
    },
    {
      id: 'brief',
      type: 'agent',
      name: 'Write the brief',
      config: {
        agent: 'writer',
        prompt: `Write a brief of at most 400 words on: {{ steps.start.output.topic }}
Begin with the answer. Say openly where the evidence is thin.

${[1, 2, 3].map(found).join('\n\n')}

What the cross-check found:
{{ steps.check.output.text }}`,
      },
    },
    {
      id: 'result',
      type: 'output',
      name: 'Brief',
      config: {
        format: 'markdown',
        template: `# {{ steps.start.output.topic }}

{{ steps.brief.output.text }}

## How sure are we?
| Question | Confidence |
|---|---|
${[1, 2, 3].map((n) => `| {{ steps.plan.output.value.questions[${n - 1}] }} | {{ formatNumber(steps.researcher_${n}.output.value.confidence, 2) }} |`).join('\n')}`,
      },
    },
  ],
  ways: [
    'start > plan > researcher-1 > check',
    'plan > researcher-2 > check',
    'plan > researcher-3 > check',
    'check > brief > result',
  ],
});
