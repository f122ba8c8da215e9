import type { ModelPolicy } from '@/lib/models/schema';
import { standingOf } from '@/lib/panel/positions';
import { type PanelEvent, type Reply, replySchema } from '@/lib/panel/schema';
import { at, textIn } from '@/lib/values/unknown';
import { type NodeContext, type Suspension, suspend } from '../../node-type/define-node';
import { type Member, outputOf, stageInput, stagePlan, stepOf } from './panel-plan';
import { blindPrompt, roundPrompt } from './panel-words';

/** A panel at work: who is asked what, and by whom answers are judged. */
export type Panel = {
  context: NodeContext;
  members: readonly Member[];
  task: string;
  judge: ModelPolicy;
  history: unknown;
  files: unknown;
};
export type Stage = { round: number; members: number[] };
export type PanelMemo = {
  history: PanelEvent[];
  stages: number;
  ownUsd: number;
  models: string[];
  rehearsed: boolean;
  /** Why agents gave no answer of their own. */
  causes: { member: number; why: string }[];
};

/** Asks agents in a run of its own, and waits for it without anybody holding the step. */
export function askStage(panel: Panel, memo: PanelMemo, stage: Stage): Suspension {
  const { round, members } = stage;
  const { positions } = standingOf(memo.history);
  const prompts = new Map(
    members.map((member): [number, string] => {
      const own = positions.find((position) => position.member === member);
      if (round === 0 || own === undefined) return [member, blindPrompt(panel.task)];
      const others = positions.filter((position) => position !== own);
      return [member, roundPrompt(panel.task, own, others, round)];
    }),
  );
  const next = { ...memo, stages: memo.stages + 1, stage: { round, members } };
  return suspend({
    ...{ kind: 'children', memo: next, ask: { panel: { round, agents: members.length } } },
    children: {
      of: { kind: 'plan', plan: stagePlan(panel.members, members, round), alone: true },
      inputs: [stageInput(prompts, panel.history, panel.files)],
      ...{ concurrency: 1, failFast: false, round: next.stages },
    },
  });
}

/** What the agents of a stage gave. One that failed, or wrote nothing that can be read, gave nothing. */
export async function readStage(
  { context }: Pick<Panel, 'context'>,
  memo: PanelMemo,
  { round, members }: Stage,
): Promise<PanelMemo> {
  const [ended] = await context.children(memo.stages, { results: true, failures: true });
  const failures = ended?.ok ? ended.failures : undefined;
  const outputs = await context.hydrate(ended?.ok ? ended.output : (ended?.results ?? {}));
  const given = members.map((member) => ({ member, output: outputOf(outputs, members, member) }));
  const replies = given.flatMap(({ member, output }): (Reply & { member: number })[] => {
    const read = replySchema.safeParse(at(output, 'value'));
    return read.success ? [{ ...read.data, member }] : [];
  });
  // In a round, an agent that says nothing keeps its answer.
  const causes = given.flatMap(({ member, output }) =>
    round > 0 || replies.some((reply) => reply.member === member)
      ? []
      : [{ member, why: causeOf(output, failures?.[stepOf(member)]) }],
  );
  const models = given.flatMap(({ output }) => textIn(at(output, 'model')) ?? []);
  return {
    ...memo,
    history: [...memo.history, { kind: 'asked', round, members, replies }],
    models: [...memo.models, ...models],
    causes: [...memo.causes, ...causes],
    rehearsed: memo.rehearsed || given.some(({ output }) => at(output, 'rehearsed') === true),
  };
}

function causeOf(output: unknown, failure: string | undefined): string {
  if (failure !== undefined) return failure.slice(0, 500);
  if (output === undefined) return 'It was stopped.';
  return 'Its model did not answer in the form that a panel needs: choose one that gives JSON.';
}
