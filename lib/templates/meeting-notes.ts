import { answerSchema, defineTemplate, startStep } from './define-template';

const transcript = `Ana: The export is done, Ben tests it until Thursday.
Ben: I need the new sample files for that.
Ana: I send them today. Who tells the customers?
Chris: I write the mail, but only after Ben's test.
Ana: Then we release on Friday. Pricing we leave open until December.`;

export default defineTemplate({
  name: 'meeting-notes',
  title: 'Meeting notes to actions',
  job: 'Extracts decisions, actions with owners and open questions from a transcript, and writes the email to everyone.',
  area: 'Operations',
  steps: [
    startStep(['transcript', 'text', transcript, 'Who said what.']),
    {
      id: 'extract',
      type: 'model',
      name: 'Extract what matters',
      config: {
        model: 'auto',
        temperature: 0,
        prompt: `Read this transcript. Take out decisions, actions and open questions. An action has one owner; use "nobody yet" where none was named.

{{ steps.start.output.transcript }}`,
        outputSchema: answerSchema({
          decisions: { type: 'array', items: { type: 'string' } },
          actions: {
            type: 'array',
            items: {
              type: 'object',
              properties: {
                owner: { type: 'string' },
                action: { type: 'string' },
                due: { type: 'string' },
              },
              required: ['owner', 'action', 'due'],
              additionalProperties: false,
            },
          },
          questions: { type: 'array', items: { type: 'string' } },
        }),
      },
    },
    {
      id: 'count',
      type: 'transform',
      name: 'Who has how much',
      config: {
        fields: [
          {
            id: 'load',
            name: 'load',
            expression:
              'steps.extract.output.value.actions.groupBy("owner").map(group, {"owner": group.key, "actions": size(group.items)}).sortBy("actions").reverse()',
          },
        ],
      },
    },
    {
      id: 'mail',
      type: 'agent',
      name: 'Write the email',
      config: {
        agent: 'writer',
        prompt: `Write a mail of at most 120 words to everyone who was there.

Decisions:
{{ steps.extract.output.value.decisions.lines() }}
Actions:
{{ steps.extract.output.value.actions.map(one, one.owner + ": " + one.action + " (" + one.due + ")").lines() }}
Open:
{{ steps.extract.output.value.questions.lines() }}`,
      },
    },
    {
      id: 'result',
      type: 'output',
      name: 'Notes',
      config: {
        format: 'markdown',
        template: `{{ steps.mail.output.text }}

## Actions
| Who | What | Until |
|---|---|---|
{{ steps.extract.output.value.actions.map(one, "| " + one.owner + " | " + one.action + " | " + one.due + " |").lines() }}

Most to do: {{ size(steps.count.output.load) > 0 ? steps.count.output.load[0].owner : "nobody" }}`,
      },
    },
  ],
  ways: ['start > extract > count > mail > result'],
});
