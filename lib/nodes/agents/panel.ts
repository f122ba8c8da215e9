import { z } from 'zod';
import { modelPolicySchema } from '@/lib/models/schema';
import { type Move, nextMove } from '@/lib/panel/next-move';
import { standingOf } from '@/lib/panel/positions';
import { maxPanel, panelEventSchema, panelPolicies } from '@/lib/panel/schema';
import { wayWords } from '@/lib/panel/way-words';
import { isAtLeast } from '@/lib/people/can';
import { elementIdSchema } from '@/lib/workflows/schema';
import { approvalAskSchema, approvalValueSchema } from '../forms/approval-ask';
import { defineNode, StepError, suspend } from '../node-type/define-node';
import { historySetting } from './history-setting';
import { askStage, type Panel, readStage } from './panel/ask-stage';
import { compareAnswers, judgeAnswers } from './panel/panel-calls';
import { causeWords, outcomeOf, textOf } from './panel/panel-outcome';
import { personAsk, placeOf } from './panel/panel-words';

const memberSchema = z.strictObject({
  id: elementIdSchema,
  agent: z.string().max(100).default('').meta({
    title: 'Agent',
    help: 'An agent of this workspace. Empty: a general assistant.',
    widget: 'agent',
  }),
});

/** What happened so far, which stage is waited for, and what readings and the judge have cost. */
const memoSchema = z.object({
  history: z.array(panelEventSchema),
  stage: z.object({ round: z.int(), members: z.array(z.int()) }).optional(),
  stages: z.int(),
  ownUsd: z.number(),
  models: z.array(z.string()),
  rehearsed: z.boolean(),
  causes: z.array(z.object({ member: z.int(), why: z.string() })).default([]),
});
type Memo = z.infer<typeof memoSchema>;

/** What a person said at the end of the wait. */
const decidedSchema = z.object({ by: z.string(), pick: z.int().nullable() });

export default defineNode({
  type: 'panel',
  kind: 'task',
  title: 'Panel of agents',
  summary: 'Several agents answer the same task blind; one answer comes out, with the dissent.',
  group: 'Agents',
  outward: 'This calls models, which may cost money.',
  icon: 'users-round',
  aliases: ['vote', 'debate', 'consensus', 'judge', 'ensemble', 'quorum', 'second opinion', 'jury'],
  config: z.strictObject({
    prompt: z.string({ error: 'Enter a task.' }).min(1, 'Enter a task.').max(100_000).meta({
      title: 'Task',
      description: 'What all are asked. {{ steps.name.output.text }} inserts an earlier answer.',
      widget: 'prompt',
    }),
    agents: z.array(memberSchema).min(2, 'Add at least two agents.').max(maxPanel).meta({
      title: 'Agents',
      description:
        'The first two begin; the others are asked where these disagree. Agents on models of different makers are worth more.',
      widget: 'rows',
    }),
    policy: z
      .enum(panelPolicies)
      .default('discuss')
      .meta({
        title: 'If they disagree',
        description:
          'Discuss: at most two rounds in which only new evidence counts, then a judge, then a person. Vote: count only. Ask: a person decides.',
        labels: { discuss: 'Discuss', vote: 'Vote', ask: 'Ask a person' },
        merge: 'ask',
      }),
    capUsd: z.number().positive().max(1_000).optional().meta({
      title: 'Cost cap (US dollars)',
      description:
        'Looked at before each further step: when the next one could exceed it, what there is counts. Empty: the budgets alone.',
      merge: 'ask',
    }),
    judge: modelPolicySchema.meta({
      title: 'Judge',
      help: 'The model that compares answers in other words, and decides after the discussion. Choose one of another maker than those of the agents.',
      widget: 'model',
      merge: 'ask',
    }),
    history: historySetting,
    files: z.string().max(2_000).default('').meta({
      title: 'Files',
      description: 'An expression: a file or a list of files, each by id or name, for all agents.',
      widget: 'expression',
    }),
  }),
  subtitle: ({ agents }) => agents.map(({ agent }) => agent || 'assistant').join(' · '),
  sample: { text: 'The answer.', way: 'agreed', panel: { way: 'agreed', agents: ['Analyst'] } },
  async run(context, config) {
    const members = await Promise.all(
      config.agents.map(async ({ agent }) => {
        const known = agent === '' ? undefined : await context.agent(agent);
        return { agent, name: known?.name ?? (agent || 'Assistant') };
      }),
    );
    const panel: Panel = {
      ...{ context, members, task: await context.render(config.prompt), judge: config.judge },
      history: config.history ? await context.evaluate(config.history) : [],
      files: config.files ? await context.evaluate(config.files) : [],
    };
    const memo = await soFar(panel, context.memo, context.resumed);
    const spentUsd = memo.ownUsd + (await context.spentBelow());
    const capped = isCapped(memo, spentUsd, config.capUsd);
    const rules = { members: members.length, policy: config.policy, capped };
    const move = nextMove(rules, memo.history);
    const names = members.map(({ name }) => name);
    if (
      move.kind === 'done' ||
      (move.kind === 'person' && panel.context.scope.run.mode === 'rehearsal')
    ) {
      const done: Extract<Move, { kind: 'done' }> =
        move.kind === 'done' ? move : { kind: 'done', way: 'unsettled', groups: move.groups };
      if (done.groups.length === 0) {
        const why = causeWords(memo.causes, names).join(' ');
        const message = `No agent of the panel gave an answer. ${why}`.trim();
        throw new StepError('panel_silent', message);
      }
      const outcome = outcomeOf(done, memo.history, names, memo);
      context.note?.(wayWords(outcome));
      return { text: textOf(outcome), way: outcome.way, panel: outcome, rehearsed: memo.rehearsed };
    }
    if (move.kind === 'ask') return askStage(panel, memo, move);
    if (move.kind === 'person') {
      const ask = personAsk(move.groups, (at) => names[at] ?? 'Agent', `$${spentUsd.toFixed(4)}`);
      await context.notify({ role: ask.role, text: ask.question, key: 'panel' });
      return suspend({ kind: 'person', ask, memo });
    }
    const next =
      move.kind === 'compare'
        ? await compareAnswers(panel, memo, move.positions)
        : await judgeAnswers(panel, memo, move.groups);
    // What a model said is kept before anything follows: a lost worker pays for no reading twice.
    return suspend({ kind: 'timer', until: context.now(), end: { ok: 'again' }, memo: next });
  },
  answer(ask, { by, value }) {
    const asked = approvalAskSchema.parse(ask);
    if (!isAtLeast(by.role, asked.role)) {
      throw new StepError('forbidden', 'Only members who may write in chats may decide.');
    }
    const given = approvalValueSchema.safeParse(value);
    if (!given.success) throw new StepError('invalid_input', 'Choose an answer, or reject.');
    const { decision, values } = given.data;
    const offered = asked.fields[0]?.choices.split(', ') ?? [];
    const pick = decision === 'approved' ? placeOf(offered, values.answer) : null;
    if (decision === 'approved' && pick === null) {
      throw new StepError('invalid_input', 'Choose one of the answers, or reject.');
    }
    return { ok: 'again', value: { by: by.name, pick } };
  },
});

/** What is remembered, with what came of the stage or the person that was waited for. */
async function soFar(panel: Panel, remembered: unknown, resumed: unknown): Promise<Memo> {
  const empty: Memo = {
    history: [],
    stages: 0,
    ownUsd: 0,
    models: [],
    rehearsed: false,
    causes: [],
  };
  const { stage, ...memo } = remembered === undefined ? empty : memoSchema.parse(remembered);
  const decided = decidedSchema.safeParse(resumed);
  if (stage === undefined && decided.success) {
    return { ...memo, history: [...memo.history, { kind: 'decided', ...decided.data }] };
  }
  return stage === undefined ? memo : readStage(panel, memo, stage);
}

/** Whether the next step could exceed the cap, by what an answer cost so far. */
function isCapped({ history }: Memo, spentUsd: number, capUsd: number | undefined): boolean {
  if (capUsd === undefined) return false;
  const { positions } = standingOf(history);
  const answers = history.reduce(
    (sum, event) => sum + (event.kind === 'asked' ? event.members.length : 1),
    0,
  );
  return positions.length > 0 && spentUsd + spentUsd / answers > capUsd;
}
