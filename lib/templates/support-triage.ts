import { answerSchema, defineTemplate, startStep } from './define-template';

const reply = (id: string, name: string, instruction: string) => ({
  id,
  type: 'agent',
  name,
  config: {
    agent: 'assistant',
    prompt: `${instruction}

From: {{ steps.start.output.customer }}
Message: {{ steps.start.output.message }}

Answer in the customer's language, in at most 120 words. Promise nothing that is not in the message.`,
  },
});

export default defineTemplate({
  name: 'support-triage',
  title: 'Support triage',
  job: 'Sorts an incoming message by topic and urgency, drafts the right answer and says who should see it first.',
  area: 'Support',
  steps: [
    startStep(
      ['customer', 'text', 'Mira Olsen', 'Who wrote.'],
      [
        'message',
        'text',
        'I was charged twice for November, and the second charge is not in my account history. Please look into it today.',
        'What they wrote.',
      ],
    ),
    {
      id: 'classify',
      type: 'model',
      name: 'Classify',
      config: {
        model: 'auto',
        temperature: 0,
        prompt: `Classify this message to our support.

{{ steps.start.output.message }}`,
        outputSchema: answerSchema({
          topic: { enum: ['billing', 'technical', 'account', 'other'] },
          urgency: { enum: ['low', 'normal', 'high'] },
          mood: { enum: ['calm', 'annoyed', 'angry'] },
          summary: { type: 'string' },
        }),
      },
    },
    {
      id: 'route',
      type: 'switch',
      name: 'By topic',
      config: {
        cases: [
          {
            id: 'billing',
            label: 'Billing',
            condition: 'steps.classify.output.value.topic == "billing"',
          },
          {
            id: 'technical',
            label: 'Technical',
            condition: 'steps.classify.output.value.topic == "technical"',
          },
        ],
      },
    },
    reply(
      'billing-reply',
      'Draft for billing',
      'Draft an answer about a bill. Ask for the invoice number if it is missing.',
    ),
    reply(
      'technical-reply',
      'Draft for technical',
      'Draft an answer to a technical problem. Ask for the two facts that would help the most.',
    ),
    reply(
      'general-reply',
      'Draft for the rest',
      'Draft a friendly answer that says what happens next.',
    ),
    {
      id: 'result',
      type: 'output',
      name: 'Ticket',
      config: {
        format: 'markdown',
        template: `**{{ upper(steps.classify.output.value.urgency) }}** · {{ steps.classify.output.value.topic }} · {{ steps.classify.output.value.mood }}

{{ steps.classify.output.value.summary }}

### Draft
{{ has(steps.billing_reply.output) ? steps.billing_reply.output.text : has(steps.technical_reply.output) ? steps.technical_reply.output.text : steps.general_reply.output.text }}`,
      },
    },
  ],
  ways: [
    'start > classify > route',
    'route:billing > billing-reply > result',
    'route:technical > technical-reply > result',
    'route:else > general-reply > result',
  ],
});
