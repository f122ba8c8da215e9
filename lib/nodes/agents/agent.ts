import { z } from 'zod';
import { modelPolicySchema } from '@/lib/models/schema';
import { defineNode } from '../node-type/define-node';
import { readHistory } from './history';
import { outputSchemaField, readOutputSchema } from './output-schema';
import { standIn } from './stand-in';

export default defineNode({
  type: 'agent',
  kind: 'task',
  title: 'Agent',
  summary: 'Gives a task to one of your agents.',
  group: 'Agents',
  outward: 'This calls a model, which may cost money.',
  icon: 'bot',
  aliases: [
    'ai',
    'assistant',
    'bot',
    'gpt',
    'chatgpt',
    'claude',
    'llm',
    'employee',
    'role',
    'write',
    'summarise',
    'summarize',
    'research',
    'analyse',
    'analyze',
  ],
  config: z.strictObject({
    agent: z.string().max(100).default('').meta({
      title: 'Agent',
      description: 'Who does the task. If empty, a general assistant is used.',
      widget: 'agent',
    }),
    prompt: z.string({ error: 'Enter a task.' }).min(1, 'Enter a task.').max(100_000).meta({
      title: 'Task',
      description:
        'What the agent should do. {{ steps.name.output.text }} inserts an earlier answer.',
      widget: 'prompt',
    }),
    model: modelPolicySchema.unwrap().optional().meta({
      title: 'Model',
      description: 'Overrides the agent’s own model.',
      widget: 'model',
      merge: 'ask',
    }),
    history: z.string().max(2_000).default('').meta({
      title: 'Chat history',
      description:
        'An expression: a list of messages, each with role ("user" or "assistant") and content. Sent before the task.',
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
      ...(known?.id === undefined ? {} : { agentId: known.id }),
      system: agent.instructions,
      messages: [
        ...(config.history ? readHistory(await context.evaluate(config.history)) : []),
        { role: 'user', content: await context.render(config.prompt) },
      ],
      outputSchema: readOutputSchema(config.outputSchema),
    });
    const stood = `There is no agent "${config.agent}" in this workspace, so a general assistant did the task. `;
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
