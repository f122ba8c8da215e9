import { z } from 'zod';
import { needsText } from '@/lib/agents/assignment/needs';
import { agentAway } from '@/lib/agents/assignment/remedy';
import { AgentPause } from '@/lib/agents/pause';
import { modelPolicySchema } from '@/lib/models/schema';
import { type ToolGrant, usualLimits } from '@/lib/tools/settings';
import {
  type AgentProfile,
  defineNode,
  type NodeContext,
  type NodeType,
  StepError,
  Suspension,
} from '../node-type/define-node';
import { answerCacheSetting, reuseFor } from './answer-cache';
import { answerTask } from './ask-person';
import { runAssigned } from './assigned';
import { assignedTask } from './assigned-task';
import { noFiles, readGivenFiles, taskMessage } from './given-files';
import { type History, readHistory } from './history';
import { historySetting } from './history-setting';
import { needSettings, needsOf } from './need-settings';
import { onCanvas } from './on-canvas';
import { outputSchemaField, readOutputSchema } from './output-schema';
import { standIn } from './stand-in';
import { runTask } from './task/run-task';
import { grantsOf, limitsOf, toolSettings } from './task/tool-settings';

const config = z.strictObject({
  who: z
    .enum(['one', 'fits'])
    .default('one')
    .meta({
      title: 'Who does it',
      help: 'A certain agent, or whichever of your agents has what the task needs when it begins.',
      widget: 'segments',
      labels: { one: 'A certain agent', fits: 'Whoever fits' },
    }),
  agent: z
    .string()
    .max(100)
    .default('')
    .meta({
      title: 'Agent',
      description: 'Who does the task. If empty, a general assistant is used.',
      widget: 'agent',
      when: { field: 'who', is: 'one' },
    }),
  ...needSettings,
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
  history: historySetting,
  files: z.string().max(2_000).default('').meta({
    title: 'Files',
    description:
      'An expression: a file or a list of files, each by id or name. Their text is sent with the task; pictures (PNG, JPEG, WebP) are shown to a model that sees.',
    widget: 'expression',
  }),
  outputSchema: outputSchemaField,
  ...toolSettings,
  answerCache: answerCacheSetting,
  ifAway: z
    .enum(['wait', 'fail'])
    .default('wait')
    .meta({
      title: 'If the agent is away',
      help: 'In maintenance or deleted. “Wait” waits for the end of maintenance, and a general assistant stands in for one that was deleted; “Fail” fails the step.',
      labels: { wait: 'Wait', fail: 'Fail' },
      advanced: true,
      when: { field: 'who', is: 'one' },
    }),
});

const agentNode: NodeType = defineNode({
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
  config,
  subtitle(config) {
    if (config.who === 'fits') return `Whoever fits: ${needsText(needsOf(config))}`;
    return config.agent ? `@${config.agent}` : 'General assistant';
  },
  sample: { text: 'The answer.', value: null, agent: 'analyst', model: 'model', rehearsed: false },
  async run(context, config) {
    if (config.who === 'fits')
      return runAssigned(context, () => assignedTask(context, config, agentNode));
    const known = config.agent ? await findAgent(context, config) : undefined;
    const agent = known ?? standIn(config.agent);
    const policy = config.model ?? agent.model;
    const system = agent.instructions;
    const files = config.files ? await readGivenFiles(context, config.files, policy) : noFiles;
    const task = await context.render(config.prompt);
    const history: History = config.history
      ? readHistory(await context.evaluate(config.history))
      : { messages: [] };
    const messages = [...history.messages, taskMessage(task, files)];
    const earlier = history.leftOut === undefined ? {} : { earlier: history.leftOut };
    const outputSchema = readOutputSchema(config.outputSchema);
    const chosen = grantsOf(agent.tools ?? [], config);
    const grants = files.cut && config.toolChoice !== 'none' ? withReading(chosen) : chosen;
    const fileNotes = files.notes.length > 0 ? { fileNotes: files.notes } : {};
    const stood = `There is no agent "${config.agent}" in this workspace, so a general assistant did the task. `;
    const note = (reason: string) =>
      context.note?.(`${!known && config.agent ? stood : ''}${reason}`);
    if (grants.length > 0) {
      const { id, version, handle, name } = agent;
      const who = {
        ...{ handle, name },
        ...(id === undefined ? {} : { id }),
        ...(version === undefined ? {} : { version }),
      };
      const limits = limitsOf(agent.limits ?? usualLimits, config);
      const opening = { agent: who, policy, system, messages, grants, limits };
      const reuse = reuseFor(config.answerCache, { agentVersion: version });
      const done = await onCanvas(context, { grants, who }, () =>
        runTask(context, opening, { outputSchema, ...reuse, ...earlier }),
      );
      if (Suspension.isInstance(done)) return done;
      const { turn, turns, calls } = done;
      note(`${countOf(turns, 'turn')}, ${countOf(calls, 'tool call')}. ${turn.reason}`);
      return {
        ...{ text: turn.text, value: turn.value ?? null, agent: done.agent },
        ...{ model: `${turn.provider}/${turn.model}`, rehearsed: turn.rehearsed },
        ...fileNotes,
      };
    }
    const answer = await context.model({
      policy,
      ...(known?.id === undefined ? {} : { agentId: known.id }),
      ...{ system, messages, outputSchema },
      ...reuseFor(config.answerCache, { agentVersion: known?.version }),
      ...earlier,
    });
    note(answer.reason);
    return {
      text: answer.text,
      value: answer.value ?? null,
      agent: agent.handle,
      model: `${answer.provider}/${answer.model}`,
      rehearsed: answer.rehearsed,
      ...fileNotes,
    };
  },
  answer: answerTask,
});

// It has a name of its own, since tasks that it gives on are steps of its type.
export default defineNode(agentNode);

type Config = z.infer<typeof config>;

/** The agent that is named, unless it is away and that fails the step: then before it has begun, and no later. */
async function findAgent(
  context: NodeContext,
  { agent: handle, ifAway }: Config,
): Promise<AgentProfile | undefined> {
  if (ifAway === 'wait') return context.agent(handle);
  const away = (message: string) => new StepError(agentAway, message, { noEffect: true });
  try {
    const found = await context.agent(handle);
    if (found !== undefined) return found;
  } catch (error) {
    const isFresh = context.memo === undefined && context.resumed === undefined;
    if (!(AgentPause.isInstance(error) && isFresh)) throw error;
    throw away(`${error.agent} is in maintenance: ${error.reason}`);
  }
  throw away(`There is no agent @${handle.replace(/^@/, '')} here any more.`);
}

/** Whoever got a part of a file can read the rest. */
const withReading = (grants: ToolGrant[]): ToolGrant[] =>
  grants.some(({ name }) => name === 'files_read')
    ? grants
    : [...grants, { name: 'files_read', approval: 'policy' }];

const countOf = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;
