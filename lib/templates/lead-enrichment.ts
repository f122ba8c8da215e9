import { answerSchema, defineTemplate, startStep } from './define-template';

export default defineTemplate({
  name: 'lead-enrichment',
  title: 'Lead enrichment',
  job: 'Takes a company from a form or a webhook, looks it up in a public register, scores the fit and drafts the opening line.',
  area: 'Operations',
  steps: [
    startStep(
      ['company', 'text', 'Wikimedia Foundation', 'Name of the company.'],
      ['need', 'text', 'Wants to automate weekly reporting for 40 people', 'What they told us.'],
    ),
    {
      id: 'look-up',
      type: 'http',
      name: 'Look it up',
      config: {
        url: 'https://en.wikipedia.org/api/rest_v1/page/summary/{{ replace(steps.start.output.company, " ", "_") }}',
      },
      pinnedOutput: {
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: {
          title: 'Wikimedia Foundation',
          description: 'American charitable organization',
          extract:
            'The organization hosts free knowledge projects on the web and is based in San Francisco. It has several hundred people on its staff.',
        },
      },
    },
    {
      id: 'facts',
      type: 'transform',
      name: 'Keep the facts',
      config: {
        fields: [
          { id: 'name', name: 'name', expression: 'steps.look_up.output.body.title' },
          { id: 'about', name: 'about', expression: 'steps.look_up.output.body.extract' },
        ],
      },
    },
    {
      id: 'score',
      type: 'model',
      name: 'Score the fit',
      config: {
        model: 'auto',
        temperature: 0,
        prompt: `We sell a tool with which teams automate recurring work. How well does this company fit?

Company: {{ steps.facts.output.name }}
About: {{ steps.facts.output.about }}
Need: {{ steps.start.output.need }}`,
        outputSchema: answerSchema({
          score: { type: 'integer', minimum: 0, maximum: 100 },
          reasons: { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 3 },
        }),
      },
    },
    {
      id: 'worth',
      type: 'switch',
      name: 'Worth a call?',
      config: {
        cases: [
          { id: 'yes', label: '60 or more', condition: 'steps.score.output.value.score >= 60' },
        ],
      },
    },
    {
      id: 'opening',
      type: 'agent',
      name: 'Draft the first line',
      config: {
        agent: 'writer',
        prompt: `Write the first two sentences of an email to {{ steps.facts.output.name }}. Name their need, not our product: {{ steps.start.output.need }}`,
      },
    },
    {
      id: 'result',
      type: 'output',
      name: 'Lead',
      config: {
        format: 'json',
        expression: `{"company": steps.facts.output.name, "score": steps.score.output.value.score, "reasons": steps.score.output.value.reasons,
  "opening": has(steps.opening.output) ? steps.opening.output.text : null}`,
      },
    },
  ],
  ways: [
    'start > look-up > facts > score > worth',
    'worth:yes > opening > result',
    'worth:else > result',
  ],
});
