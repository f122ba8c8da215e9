import { answerSchema, defineTemplate, startStep } from './define-template';

export default defineTemplate({
  name: 'document-extraction',
  title: 'Document extraction',
  job: 'Reads an invoice, extracts its fields, checks the total and flags what does not match.',
  area: 'Data',
  steps: [
    startStep(['file', 'file', 'sample:invoice.txt', 'An invoice as a text file.']),
    {
      id: 'read',
      type: 'read-file',
      name: 'Read the document',
      config: { file: '{{ steps.start.output.file }}', format: 'text' },
    },
    {
      id: 'extract',
      type: 'model',
      name: 'Extract the fields',
      config: {
        model: 'auto',
        temperature: 0,
        prompt: `Extract the fields of this invoice. Use null where a field is not there; guess nothing.

{{ steps.read.output.text }}`,
        outputSchema: answerSchema({
          number: { type: 'string' },
          supplier: { type: 'string' },
          date: { type: 'string', format: 'date' },
          currency: { type: 'string', minLength: 3, maxLength: 3 },
          lines: {
            type: 'array',
            minItems: 1,
            items: {
              type: 'object',
              properties: {
                description: { type: 'string' },
                amount: { type: 'number' },
              },
              required: ['description', 'amount'],
              additionalProperties: false,
            },
          },
          total: { type: 'number' },
        }),
      },
    },
    {
      id: 'check',
      type: 'transform',
      name: 'Check the total',
      config: {
        fields: [
          {
            id: 'sum',
            name: 'sum',
            expression: 'round(steps.extract.output.value.lines.sum("amount"), 2)',
          },
          {
            id: 'difference',
            name: 'difference',
            expression: 'round(fields.sum - steps.extract.output.value.total, 2)',
          },
        ],
      },
    },
    {
      id: 'agrees',
      type: 'switch',
      name: 'Does the total agree?',
      config: {
        cases: [
          { id: 'yes', label: 'Agrees', condition: 'abs(steps.check.output.difference) < 0.01' },
        ],
      },
    },
    {
      id: 'accepted',
      type: 'output',
      name: 'Accepted',
      config: {
        format: 'json',
        expression: '{"status": "accepted", "invoice": steps.extract.output.value}',
      },
    },
    {
      id: 'why',
      type: 'agent',
      name: 'Say what is wrong',
      config: {
        agent: 'reviewer',
        prompt: `The lines of an invoice add up to {{ steps.check.output.sum }}, but its total says {{ steps.extract.output.value.total }}: a difference of {{ steps.check.output.difference }}.
Which line or tax explains it most likely? Answer in two sentences for the person who will look at it.

{{ steps.read.output.text }}`,
      },
    },
    {
      id: 'set-aside',
      type: 'output',
      name: 'Flag for review',
      config: {
        format: 'json',
        expression:
          '{"status": "needs a person", "difference": steps.check.output.difference, "reason": steps.why.output.text, "invoice": steps.extract.output.value}',
      },
    },
  ],
  ways: [
    'start > read > extract > check > agrees',
    'agrees:yes > accepted',
    'agrees:else > why > set-aside',
  ],
});
