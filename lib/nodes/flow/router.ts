import { z } from 'zod';
import { modelPolicySchema } from '@/lib/models/schema';
import { objectIn } from '@/lib/values/unknown';
import { elementIdSchema } from '@/lib/workflows/schema';
import { defineNode, type ModelAnswer, StepError, take } from '../node-type/define-node';

const choiceSchema = z.strictObject({
  id: elementIdSchema,
  label: z
    .string()
    .max(100)
    .default('')
    .meta({ title: 'Label', help: 'The name of the output on the canvas.' }),
  description: z.string().max(2_000).default('').meta({
    title: 'When to choose it',
    description: 'The model reads this.',
  }),
});
type Choice = z.infer<typeof choiceSchema>;

const labelOf = (choice: Choice, index: number) => choice.label || `Option ${index + 1}`;

export default defineNode({
  type: 'router',
  kind: 'task',
  title: 'AI router',
  summary: 'Lets a model choose the branch, and records why.',
  group: 'Flow',
  outward: 'This calls a model, which may cost money.',
  icon: 'route',
  aliases: ['route', 'classify', 'ai switch', 'intent', 'category', 'triage', 'decide'],
  config: z.strictObject({
    prompt: z
      .string({ error: 'Enter what to decide by.' })
      .min(1, 'Enter what to decide by.')
      .max(100_000)
      .meta({
        title: 'Decide by',
        description:
          'What the model reads to decide. {{ steps.name.output.text }} inserts an earlier answer.',
        widget: 'prompt',
      }),
    choices: z.array(choiceSchema).min(2, 'Add at least two options.').max(50).meta({
      title: 'Options',
      description: 'One is chosen; each is an output of the step.',
      widget: 'rows',
    }),
    model: modelPolicySchema.meta({
      title: 'Model',
      help: 'The model that decides. Auto: local, then cloud.',
      widget: 'model',
      merge: 'ask',
    }),
  }),
  ports: (config) =>
    (config.choices ?? []).map((row, index) => ({ id: row.id, label: labelOf(row, index) })),
  subtitle: (config) => config.choices.map(labelOf).join(' · '),
  sample: { choice: 'refund', label: 'Refund', reason: 'They ask for their money back.' },
  async run(context, config) {
    const ways = config.choices.map(
      (row, index) =>
        `- ${row.id}: ${labelOf(row, index)}${row.description ? `. ${row.description}` : ''}`,
    );
    const answer = await context
      .model({
        policy: config.model,
        system: [
          'You decide where a workflow goes on. Choose exactly one of these ways by its id:',
          ...ways,
          'Say why in one short sentence.',
        ].join('\n'),
        messages: [{ role: 'user', content: await context.render(config.prompt) }],
        outputSchema: answerSchema(config.choices),
      })
      .catch(asChoice);
    const { choice, reason } = objectIn(answer.value) ?? {};
    const index = config.choices.findIndex((row) => row.id === choice);
    const chosen = config.choices[index];
    if (!chosen) throw noSuchChoice(`The model chose "${String(choice).slice(0, 60)}".`);
    const label = labelOf(chosen, index);
    const why = String(reason ?? '');
    return take([chosen.id], { choice: chosen.id, label, reason: why }, `${label}: ${why}`);
  },
});

const answerSchema = (choices: readonly Choice[]) => ({
  type: 'object',
  properties: {
    choice: { type: 'string', enum: choices.map(({ id }) => id) },
    reason: { type: 'string' },
  },
  required: ['choice', 'reason'],
  additionalProperties: false,
});

/** What names none of the ways misfits the schema, too. */
function asChoice(error: unknown): ModelAnswer {
  if (StepError.isInstance(error) && error.code === 'output_misfit') {
    throw noSuchChoice(error.message, error);
  }
  throw error;
}

const noSuchChoice = (what: string, cause?: unknown) =>
  new StepError('no_such_choice', `The model chose none of the options. ${what}`, {
    retryable: true,
    cause,
  });
