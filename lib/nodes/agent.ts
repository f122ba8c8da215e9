import { z } from 'zod';
import { modelPolicySchema } from '@/lib/models/schema';
import { defineNode } from './define-node';
import { readHistory } from './history';
import { outputSchemaField, readOutputSchema } from './output-schema';
import { standIn } from './stand-in';

export default defineNode({
  type: 'agent',
  kind: 'task',
  title: 'Agent',
  summary: 'Gives a task to an agent of the workspace.',
  group: 'Agents',
  icon: 'bot',
  config: z.strictObject({
    agent: z.string().max(100).default('').meta({
      title: 'Agent',
      description: 'Who does the task. Left empty, or unknown, a general assistant does it.',
      widget: 'agent',
    }),
    prompt: z
      .string({ error: 'Write what the agent should do.' })
      .min(1, 'Write what the agent should do.')
      .max(100_000)
      .meta({
        title: 'Task',
        description:
          'What the agent should do. {{ steps.name.output.text }} puts in an earlier answer.',
        widget: 'prompt',
      }),
    model: modelPolicySchema.unwrap().optional().meta({
      title: 'Model',
      description: 'Instead of the agent’s own model.',
      widget: 'model',
      merge: 'ask',
    }),
    history: z.string().max(2_000).default('').meta({
      title: 'Earlier messages',
      description:
        'An expression that gives a list of messages, each with role ("user" or "assistant") and content. They go before the task.',
      widget: 'expression',
    }),
    outputSchema: outputSchemaField,
  }),
  subtitle: (config) => (config.agent ? `@${config.agent}` : 'General assistant'),
  sample: { text: 'The answer.', value: null, agent: 'analyst', model: 'model', rehearsed: false },
  async run(context, config) {
    const known = config.agent ? await context.agent(config.agent) : undefined;
    const agent = known ?? standIn(config.agent);
    const answer = await context.model({
      policy: config.model ?? agent.model,
      system: agent.instructions,
      messages: [
        ...(config.history ? readHistory(await context.evaluate(config.history)) : []),
        { role: 'user', content: await context.render(config.prompt) },
      ],
      outputSchema: readOutputSchema(config.outputSchema),
    });
    const stood = `There is no agent "${config.agent}" here, so a general assistant did its task. `;
    context.note?.(`${!known && config.agent ? stood : ''}${answer.reason}`);
    return {
      text: answer.text,
      value: answer.value ?? null,
      agent: agent.handle,
      model: `${answer.provider}/${answer.model}`,
      rehearsed: answer.rehearsed,
    };
  },
});
