import { answerSchema, defineTemplate, startStep } from './define-template';

const diff = `--- a/cart.ts
+++ b/cart.ts
@@ -10,7 +10,9 @@
 export function total(items: Item[], coupon?: string) {
-  return items.reduce((sum, item) => sum + item.price * item.count, 0);
+  const sum = items.reduce((all, item) => all + item.price * item.count, 0);
+  const rate = eval(coupon ?? '0');
+  return sum - sum * rate;
 }`;

const reviewer = (id: string, name: string, eye: string) => ({
  id,
  type: 'agent',
  name,
  config: {
    agent: 'reviewer',
    prompt: `Review this change. Look only for ${eye}. An empty list is a good answer.

{{ steps.start.output.diff }}`,
    outputSchema: answerSchema({
      findings: {
        type: 'array',
        maxItems: 5,
        items: {
          type: 'object',
          properties: {
            severity: { enum: ['high', 'medium', 'low'] },
            line: { type: 'string' },
            problem: { type: 'string' },
            proposal: { type: 'string' },
          },
          required: ['severity', 'line', 'problem', 'proposal'],
          additionalProperties: false,
        },
      },
    }),
  },
});

const all = ['security', 'correctness', 'tests']
  .map((id) => `steps.${id}.output.value.findings`)
  .join(' + ');

export default defineTemplate({
  name: 'code-review',
  title: 'Code review team',
  job: 'Three reviewers each check one aspect of a change; their findings are merged, ranked and written up as one review.',
  area: 'Engineering',
  steps: [
    startStep(['diff', 'text', diff, 'The change as a unified diff.']),
    reviewer(
      'security',
      'Security',
      'what an attacker could use: injection, leaks, missing checks',
    ),
    reviewer('correctness', 'Correctness', 'wrong results, edge cases, races and error handling'),
    reviewer('tests', 'Tests', 'behaviour that no test would notice if it broke'),
    {
      id: 'rank',
      type: 'transform',
      name: 'Merge and rank',
      config: {
        fields: [
          { id: 'all', name: 'all', expression: all },
          {
            id: 'high',
            name: 'high',
            expression: 'fields.all.filter(one, one.severity == "high")',
          },
          {
            id: 'rest',
            name: 'rest',
            expression: 'fields.all.filter(one, one.severity != "high")',
          },
        ],
      },
    },
    {
      id: 'write',
      type: 'agent',
      name: 'Write the review',
      config: {
        agent: 'writer',
        prompt: `Write one friendly review from these findings. Merge those that mean the same. High ones first.

High:
{{ steps.rank.output.high.map(one, one.line + ": " + one.problem + " Proposal: " + one.proposal).lines() }}

Others:
{{ steps.rank.output.rest.map(one, one.line + ": " + one.problem + " Proposal: " + one.proposal).lines() }}`,
      },
    },
    {
      id: 'result',
      type: 'output',
      name: 'Review',
      config: {
        format: 'markdown',
        template: `{{ size(steps.rank.output.high) > 0 ? "**Changes requested**" : "**Looks good**" }}: {{ size(steps.rank.output.high) }} high, {{ size(steps.rank.output.rest) }} others

{{ steps.write.output.text }}`,
      },
    },
  ],
  ways: [
    'start > security > rank > write > result',
    'start > correctness > rank',
    'start > tests > rank',
  ],
});
