import { answerSchema, defineTemplate, startStep } from './define-template';

export default defineTemplate({
  name: 'human-approval',
  title: 'Refund with human approval',
  job: 'Checks a refund against the policy, asks a person where the amount is high, and writes the answer to the customer.',
  area: 'Support',
  steps: [
    startStep(
      ['customer', 'text', 'Jonas Weber', 'Who asks.'],
      ['amount', 'number', '240', 'Refund amount.'],
      ['reason', 'text', 'The desk arrived with a cracked leg; photos are attached.', 'Why.'],
    ),
    {
      id: 'check',
      type: 'model',
      name: 'Check the policy',
      config: {
        model: 'auto',
        temperature: 0,
        prompt: `Our policy: damaged goods are refunded within 60 days, wear is not.

Customer: {{ steps.start.output.customer }}
Amount: {{ steps.start.output.amount }}
Reason: {{ steps.start.output.reason }}`,
        outputSchema: answerSchema({
          covered: { type: 'boolean' },
          why: { type: 'string' },
        }),
      },
    },
    {
      id: 'size',
      type: 'switch',
      name: 'How much is it?',
      config: {
        cases: [{ id: 'high', label: 'Over 100', condition: 'steps.start.output.amount > 100' }],
      },
    },
    {
      id: 'ask',
      type: 'approval',
      name: 'Ask a person',
      config: {
        question:
          'Refund {{ formatNumber(steps.start.output.amount, 2) }} to {{ steps.start.output.customer }}?',
        details: `**Reason:** {{ steps.start.output.reason }}

**Policy:** {{ steps.check.output.value.why }}`,
        role: 'editor',
        expiresInHours: 48,
      },
    },
    {
      id: 'yes',
      type: 'agent',
      name: 'Write the good news',
      config: {
        agent: 'writer',
        prompt: `Write to {{ steps.start.output.customer }} that {{ formatNumber(steps.start.output.amount, 2) }} will be refunded within five days. At most 80 words.`,
      },
    },
    {
      id: 'no',
      type: 'agent',
      name: 'Write the refusal',
      config: {
        agent: 'writer',
        prompt: `Write to {{ steps.start.output.customer }} that this cannot be refunded. Be kind, and say why: {{ steps.check.output.value.why }}. At most 80 words.`,
      },
    },
    {
      id: 'result',
      type: 'output',
      name: 'Letter',
      config: {
        format: 'markdown',
        template: `{{ has(steps.yes.output) ? steps.yes.output.text : steps.no.output.text }}

{{ has(steps.ask.output) ? "Decision: " + steps.ask.output.decision : "Decided by the policy: the amount is small." }}`,
      },
    },
  ],
  ways: [
    'start > check > size',
    'size:high > ask',
    'size:else > yes > result',
    'ask:approved > yes',
    'ask:rejected > no > result',
    'ask:expired > no',
  ],
});
