import { z } from 'zod';
import { objectIn } from '@/lib/values/unknown';
import { elementIdSchema } from '@/lib/workflows/schema';
import { defineNode, type NodeContext, suspend } from '../node-type/define-node';
import { answerCacheSetting, reuseFor } from './answer-cache';
import { standIn } from './stand-in';

const memberSchema = z.strictObject({
  id: elementIdSchema.refine((id) => id !== 'answer', '"answer" is reserved.'),
  agent: z
    .string()
    .max(100)
    .default('')
    .meta({ title: 'Agent', widget: 'agent', description: 'Empty: a general assistant.' }),
  purpose: z.string().max(2_000).default('').meta({
    title: 'When to use it',
    description: 'The other agents read this before a handoff.',
  }),
});
type Member = z.infer<typeof memberSchema>;

const hopSchema = z.object({
  from: z.string(),
  to: z.string(),
  why: z.string(),
  /** What the next one was told. */
  context: z.string(),
});
type Hop = z.infer<typeof hopSchema>;
const memoSchema = z.object({ at: z.string(), hops: z.array(hopSchema) });

/** Stands for answering, where the others stand for handing over. */
const itself = 'answer';

export default defineNode({
  type: 'handoff',
  kind: 'task',
  title: 'Agent handoff',
  summary: 'One agent starts and hands the task off to a better suited one until it is answered.',
  group: 'Agents',
  outward: 'This calls a model, which may cost money.',
  icon: 'users',
  aliases: ['delegate', 'transfer', 'escalate', 'swarm', 'multi agent', 'team'],
  config: z.strictObject({
    prompt: z.string({ error: 'Enter a task.' }).min(1, 'Enter a task.').max(100_000).meta({
      title: 'Task',
      description: 'The question or task. {{ steps.name.output.text }} inserts an earlier answer.',
      widget: 'prompt',
    }),
    agents: z.array(memberSchema).min(2, 'Add at least two agents.').max(20).meta({
      title: 'Agents',
      description: 'The first one starts.',
      widget: 'rows',
    }),
    mostHops: z.int().min(1).max(20).default(5).meta({
      title: 'Max. handoffs',
      description: 'After that, the agent that has the task must answer it.',
      merge: 'max',
    }),
    answerCache: answerCacheSetting,
  }),
  subtitle: (config) => config.agents.map(nameOf).join(' · '),
  sample: {
    text: 'The answer.',
    agent: 'billing',
    hops: [
      { from: 'reception', to: 'billing', why: 'It is about an invoice.', context: 'Invoice 12.' },
    ],
  },
  async run(context, config) {
    const { agents } = config;
    const memo = context.memo === undefined ? undefined : memoSchema.parse(context.memo);
    const hops = memo?.hops ?? [];
    const at = agents.find(({ id }) => id === memo?.at) ?? agents[0];
    if (!at) throw new Error('a hand-over without agents');
    const others = hops.length < config.mostHops ? agents.filter(({ id }) => id !== at.id) : [];
    const reply = await ask(context, at, {
      others,
      hops,
      task: await context.render(config.prompt),
      cache: config.answerCache,
    });
    const to = others.find(({ id }) => id === reply.to);
    if (!to) {
      const path = [...hops.map(({ from }) => from), nameOf(at)].join(' → ');
      context.note?.(hops.length === 0 ? `${path} answered.` : `${path}.`);
      return { text: reply.text, agent: at.agent || 'assistant', hops };
    }
    const hop = { from: nameOf(at), to: nameOf(to), why: reply.why, context: reply.text };
    // Each hop is kept before the next begins: a lost worker repeats one call, not all.
    return suspend({
      kind: 'timer',
      until: context.now(),
      end: { ok: 'again' },
      memo: { at: to.id, hops: [...hops, hop] },
    });
  },
});

const nameOf = ({ agent }: Member) => agent || 'assistant';

type Asked = {
  others: readonly Member[];
  hops: readonly Hop[];
  task: string;
  cache: Parameters<typeof reuseFor>[0];
};

async function ask(
  context: NodeContext,
  at: Member,
  { others, hops, task, cache }: Asked,
): Promise<{ to: string; why: string; text: string }> {
  const profile = (at.agent && (await context.agent(at.agent))) || standIn(at.agent);
  const last = hops.at(-1);
  const handed = last
    ? `\n\n${last.from} handed this to you, because: ${last.why}\nWhat you need to know: ${last.context}`
    : '';
  const rules =
    others.length === 0
      ? 'Answer the task yourself; nobody else can take it.'
      : [
          'Answer the task yourself when it is yours, else hand it to the one of these who is meant for it:',
          ...others.map((one) => `- ${one.id}: ${nameOf(one)}. ${one.purpose}`),
          `In "to" write "${itself}" or the id. In "text" write the answer, or all that the other one needs to know. In "why" say in one short sentence why.`,
        ].join('\n');
  const answer = await context.model({
    policy: profile.model,
    system: `${profile.instructions}\n\n${at.purpose ? `You are here for: ${at.purpose}\n` : ''}${rules}`,
    messages: [{ role: 'user', content: `${task}${handed}` }],
    ...(others.length === 0 ? {} : { outputSchema: answerSchema(others) }),
    ...reuseFor(cache, { agentVersion: profile.version }),
  });
  if (others.length === 0) return { to: itself, why: '', text: answer.text };
  const { to, why, text } = objectIn(answer.value) ?? {};
  return { to: String(to ?? itself), why: String(why ?? ''), text: String(text ?? answer.text) };
}

const answerSchema = (others: readonly Member[]) => ({
  type: 'object',
  properties: {
    to: { type: 'string', enum: [itself, ...others.map(({ id }) => id)] },
    why: { type: 'string' },
    text: { type: 'string' },
  },
  required: ['to', 'why', 'text'],
  additionalProperties: false,
});
