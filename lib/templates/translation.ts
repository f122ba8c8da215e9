import { answerSchema, defineTemplate, startStep } from './define-template';

export default defineTemplate({
  name: 'translation',
  title: 'Translation with a check',
  job: 'Translates a text, translates it back without seeing the original, compares both and fixes what was lost.',
  area: 'Writing',
  steps: [
    startStep(
      [
        'text',
        'text',
        'The run continues where it was, even when the machine that did the work is gone.',
        'The text.',
      ],
      ['language', 'text', 'German', 'Into which language.'],
    ),
    {
      id: 'translate',
      type: 'model',
      name: 'Translate',
      config: {
        model: 'auto',
        prompt: `Translate into {{ steps.start.output.language }}. Answer with the translation alone.

{{ steps.start.output.text }}`,
      },
    },
    {
      id: 'back',
      type: 'model',
      name: 'Translate back',
      config: {
        model: 'auto',
        prompt: `Translate into English, word for word where that can be read. Answer with the translation alone.

{{ steps.translate.output.text }}`,
      },
    },
    {
      id: 'compare',
      type: 'agent',
      name: 'Compare',
      config: {
        agent: 'reviewer',
        prompt: `Original: {{ steps.start.output.text }}
Translated and back: {{ steps.back.output.text }}

What was lost or added? Differences of wording do not count.`,
        outputSchema: answerSchema({
          faithful: { type: 'boolean' },
          lost: { type: 'array', items: { type: 'string' } },
        }),
      },
    },
    {
      id: 'faithful',
      type: 'switch',
      name: 'Faithful?',
      config: {
        cases: [
          {
            id: 'yes',
            label: 'Faithful',
            condition: 'steps.compare.output.value.faithful == true',
          },
        ],
      },
    },
    {
      id: 'repair',
      type: 'model',
      name: 'Repair',
      config: {
        model: 'auto',
        prompt: `Repair this translation into {{ steps.start.output.language }}. Answer with the translation alone.

Original: {{ steps.start.output.text }}
Translation: {{ steps.translate.output.text }}
Lost or added:
{{ steps.compare.output.value.lost.lines() }}`,
      },
    },
    {
      id: 'result',
      type: 'output',
      name: 'Translation',
      config: {
        format: 'text',
        template:
          '{{ has(steps.repair.output) ? steps.repair.output.text : steps.translate.output.text }}',
      },
    },
  ],
  ways: [
    'start > translate > back > compare > faithful',
    'faithful:yes > result',
    'faithful:else > repair > result',
  ],
});
