import { answerSchema, defineTemplate, startStep } from './define-template';

export default defineTemplate({
  name: 'article',
  title: 'Article from a brief',
  job: 'Turns a brief into an outline, a draft and an edited article, and checks it against the brief.',
  area: 'Writing',
  steps: [
    startStep(
      [
        'brief',
        'text',
        'Why small teams should rehearse an automation before they run it',
        'What it should say.',
      ],
      ['reader', 'text', 'Head of operations in a company of 50', 'Who will read it.'],
    ),
    {
      id: 'outline',
      type: 'model',
      name: 'Outline',
      config: {
        model: 'auto',
        prompt: `Outline an article of 600 words.

Brief: {{ steps.start.output.brief }}
Reader: {{ steps.start.output.reader }}`,
        outputSchema: answerSchema({
          title: { type: 'string' },
          promise: { type: 'string' },
          sections: { type: 'array', items: { type: 'string' }, minItems: 3, maxItems: 5 },
        }),
      },
    },
    {
      id: 'draft',
      type: 'agent',
      name: 'Draft',
      config: {
        agent: 'writer',
        prompt: `Write the article "{{ steps.outline.output.value.title }}" for {{ steps.start.output.reader }}.
It must keep this promise: {{ steps.outline.output.value.promise }}
Sections:
{{ steps.outline.output.value.sections.lines() }}`,
      },
    },
    {
      id: 'facts',
      type: 'agent',
      name: 'Check the claims',
      config: {
        agent: 'reviewer',
        prompt: `List every claim of this draft that a reader could doubt, with what would prove it.

{{ steps.draft.output.text }}`,
      },
    },
    {
      id: 'style',
      type: 'agent',
      name: 'Check the style',
      config: {
        agent: 'reviewer',
        prompt: `Mark what is too long, vague or hollow in this draft, with a shorter wording for each.

{{ steps.draft.output.text }}`,
      },
    },
    {
      id: 'edit',
      type: 'agent',
      name: 'Edit',
      config: {
        agent: 'writer',
        prompt: `Edit the draft. Take out or soften doubtful claims, take over the shorter wordings.

Draft:
{{ steps.draft.output.text }}

Doubtful claims:
{{ steps.facts.output.text }}

Style:
{{ steps.style.output.text }}`,
      },
    },
    {
      id: 'result',
      type: 'output',
      name: 'Article',
      config: {
        format: 'markdown',
        template: `# {{ steps.outline.output.value.title }}

{{ steps.edit.output.text }}`,
      },
    },
  ],
  ways: ['start > outline > draft > facts > edit > result', 'draft > style > edit'],
});
