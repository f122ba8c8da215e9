import { z } from 'zod';
import { policyTitle } from '@/lib/models/modes';
import { modelPolicySchema } from '@/lib/models/schema';
import { defineNode } from '../node-type/define-node';
import { answerCacheSetting, reuseFor } from './answer-cache';
import { noFiles, readGivenFiles, taskMessage } from './given-files';
import { outputSchemaField, readOutputSchema } from './output-schema';

export default defineNode({
  type: 'model',
  kind: 'task',
  title: 'Model call',
  summary: 'Sends one prompt to a language model.',
  group: 'AI',
  outward: 'This calls a model, which may cost money.',
  icon: 'sparkles',
  aliases: [
    'ai',
    'llm',
    'gpt',
    'chatgpt',
    'openai',
    'claude',
    'anthropic',
    'gemini',
    'prompt',
    'completion',
    'generate',
    'extract',
    'translate',
    'classify',
    'summarise',
    'summarize',
    'text generation',
    'picture',
    'image',
    'vision',
  ],
  config: z.strictObject({
    model: modelPolicySchema.meta({
      title: 'Model',
      description: 'Auto: local, then cloud.',
      widget: 'model',
    }),
    system: z.string().max(50_000).default('').meta({
      title: 'Instructions',
      description: 'The system prompt: how the model should behave.',
      widget: 'prompt',
    }),
    prompt: z.string({ error: 'Enter a prompt.' }).min(1, 'Enter a prompt.').max(100_000).meta({
      title: 'Prompt',
      help: 'What the model is asked. {{ steps.name.output.text }} inserts earlier values.',
      widget: 'prompt',
    }),
    files: z.string().max(2_000).default('').meta({
      title: 'Files',
      description:
        'An expression: a file or a list of files, each by id or name. Their text is sent with the prompt; pictures (PNG, JPEG, WebP) are shown to a model that sees.',
      widget: 'expression',
    }),
    outputSchema: outputSchemaField,
    temperature: z.number().min(0).max(2).optional().meta({
      title: 'Temperature',
      description: '0 is consistent, higher is more varied. Empty: the model’s default.',
    }),
    maxTokens: z.int().min(1).max(200_000).optional().meta({
      title: 'Max. tokens',
      description: 'Limits the length of the answer. Empty: the model’s own limit.',
    }),
    answerCache: answerCacheSetting,
  }),
  subtitle: (config) => policyTitle(config.model),
  sample: { text: 'The answer.', value: null, model: 'model', rehearsed: false },
  async run(context, config) {
    const files = config.files
      ? await readGivenFiles(context, config.files, config.model)
      : noFiles;
    const answer = await context.model({
      policy: config.model,
      system: config.system ? await context.render(config.system) : undefined,
      messages: [taskMessage(await context.render(config.prompt), files)],
      outputSchema: readOutputSchema(config.outputSchema),
      maxTokens: config.maxTokens,
      temperature: config.temperature,
      ...reuseFor(config.answerCache),
    });
    context.note?.(answer.reason);
    return {
      text: answer.text,
      value: answer.value ?? null,
      model: `${answer.provider}/${answer.model}`,
      rehearsed: answer.rehearsed,
      ...(files.notes.length > 0 ? { fileNotes: files.notes } : {}),
    };
  },
});
