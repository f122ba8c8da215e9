import { z } from 'zod';
import { readJson } from '@/lib/api/json/read-json';
import { isSettled } from '@/lib/tools/call';
import { defineNode, StepError } from '../node-type/define-node';
import { connectionSetting } from '../requests/settings';
import { waitFor } from './task/waits';

export default defineNode({
  type: 'tool',
  kind: 'task',
  title: 'Use a tool',
  summary: 'Calls one of the tools that agents use, with its checks, approval and history.',
  group: 'Agents',
  outward: 'This calls the tool, with all that it does.',
  icon: 'wrench',
  aliases: ['function', 'call tool', 'mcp', 'action', 'function call'],
  config: z.strictObject({
    tool: z
      .string({ error: 'Choose a tool.' })
      .regex(/^[a-z][a-z0-9_]{0,63}$/, 'Choose a tool.')
      .meta({
        title: 'Tool',
        description: 'What is used: a built-in tool, a workflow, a table or a service.',
        widget: 'tool',
      }),
    args: z.string().max(20_000).default('{}').meta({
      title: 'Arguments',
      description: 'An expression: an object with the arguments, such as {"query": input.topic}.',
      widget: 'expression',
    }),
    approval: z
      .enum(['policy', 'always'])
      .default('policy')
      .meta({
        title: 'Approval',
        help: 'When a person is asked before the tool acts.',
        labels: { policy: 'By the tool’s rule', always: 'Ask each time' },
      }),
    connection: connectionSetting,
  }),
  subtitle: (config) => config.tool,
  sample: { result: 'What the tool gave.', value: {} },
  async run(context, { tool, args, approval, connection }) {
    const outcome = await context.callTool({
      ...{ turn: 0, position: 0, callId: 'call', name: tool },
      args: await context.evaluate(args.trim() === '' ? '{}' : args),
      grants: [{ name: tool, approval, ...(connection ? { connection } : {}) }],
    });
    const wait = waitFor(context, [outcome]);
    if (wait) return wait;
    if (!isSettled(outcome)) throw new TypeError('a call that neither ended nor waits');
    const { state, result, value } = outcome;
    if (state === 'done') return { result, value: value ?? readValue(result) };
    throw new StepError(state === 'refused' ? 'tool_refused' : 'tool_failed', result);
  },
});

/** A result as a value again, where it is one: another attempt reads what was kept. */
function readValue(result: string): unknown {
  const read = readJson(result);
  return read.ok ? read.value : result;
}
