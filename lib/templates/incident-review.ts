import { answerSchema, defineTemplate, startStep } from './define-template';

const log = `09:02 deploy 412 finished
09:04 errors on /checkout rise from 0.1 % to 18 %
09:11 alert reaches Ben
09:19 Ben rolls back to 411
09:22 errors back at 0.1 %`;

export default defineTemplate({
  name: 'incident-review',
  title: 'Incident review',
  job: 'Builds the timeline of an incident from its log, asks why from two sides and proposes what would have helped.',
  area: 'Engineering',
  steps: [
    startStep(['log', 'text', log, 'What happened, a line each.']),
    {
      id: 'timeline',
      type: 'model',
      name: 'Timeline',
      config: {
        model: 'auto',
        temperature: 0,
        prompt: `Make a timeline of this log. Leave out nothing, add nothing.

{{ steps.start.output.log }}`,
        outputSchema: answerSchema({
          title: { type: 'string' },
          minutes_to_notice: { type: 'number', minimum: 0 },
          minutes_to_mend: { type: 'number', minimum: 0 },
          events: { type: 'array', items: { type: 'string' }, minItems: 1 },
        }),
      },
    },
    {
      id: 'cause',
      type: 'agent',
      name: 'Why did it happen?',
      config: {
        agent: 'analyst',
        prompt: `Ask "why" five times, beginning with the last harmful event. Blame no person.

{{ steps.timeline.output.value.events.lines() }}`,
      },
    },
    {
      id: 'late',
      type: 'agent',
      name: 'Why was it seen late?',
      config: {
        agent: 'analyst',
        prompt: `It took {{ steps.timeline.output.value.minutes_to_notice }} minutes to notice and {{ steps.timeline.output.value.minutes_to_mend }} to mend. What would have made both shorter?

{{ steps.timeline.output.value.events.lines() }}`,
      },
    },
    {
      id: 'actions',
      type: 'agent',
      name: 'Propose actions',
      config: {
        agent: 'reviewer',
        prompt: `Propose at most four actions, the most effective first, each with how one would see that it works.

Causes:
{{ steps.cause.output.text }}

Seen late because:
{{ steps.late.output.text }}`,
      },
    },
    {
      id: 'result',
      type: 'output',
      name: 'Review',
      config: {
        format: 'markdown',
        template: `# {{ steps.timeline.output.value.title }}

{{ steps.timeline.output.value.events.map(one, "- " + one).lines() }}

## Why
{{ steps.cause.output.text }}

## Why so late
{{ steps.late.output.text }}

## Actions
{{ steps.actions.output.text }}`,
      },
    },
  ],
  ways: ['start > timeline > cause > actions > result', 'timeline > late > actions'],
});
