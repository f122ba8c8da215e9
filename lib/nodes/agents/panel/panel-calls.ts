import type { Position } from '@/lib/panel/schema';
import { at, listIn } from '@/lib/values/unknown';
import type { Panel, PanelMemo } from './ask-stage';
import { compareForm, comparePrompt, judgeForm, judgePrompt } from './panel-words';

/** Asks a reader which answers say the same. Answers that it names twice, or not at all, stand for themselves. */
export async function compareAnswers(
  { context, judge, task }: Panel,
  memo: PanelMemo,
  positions: readonly Position[],
): Promise<PanelMemo> {
  const answer = await context.model({
    policy: judge,
    messages: [{ role: 'user', content: comparePrompt(task, positions) }],
    outputSchema: compareForm,
  });
  const open = new Set(positions.map(({ member }) => member));
  const groups = listIn(at(answer.value, 'groups')).map((group) =>
    listIn(group).filter((member): member is number => {
      if (typeof member !== 'number' || !open.has(member)) return false;
      return open.delete(member);
    }),
  );
  return {
    ...memo,
    ownUsd: memo.ownUsd + answer.usage.costUsd,
    history: [
      ...memo.history,
      { kind: 'compared', groups: groups.filter((group) => group.length > 1) },
    ],
  };
}

/** Asks a judge twice, the second time with the answers in the other order: only what it says twice counts. */
export async function judgeAnswers(
  { context, judge, task }: Panel,
  memo: PanelMemo,
  groups: readonly (readonly Position[])[],
): Promise<PanelMemo> {
  const ask = async (order: readonly (readonly Position[])[]) => {
    const answer = await context.model({
      policy: judge,
      messages: [{ role: 'user', content: judgePrompt(task, order) }],
      outputSchema: judgeForm,
    });
    const pick = at(answer.value, 'pick');
    const chosen = typeof pick === 'number' ? order[pick - 1] : undefined;
    return { pick: chosen === undefined ? null : groups.indexOf(chosen), usage: answer.usage };
  };
  const first = await ask(groups);
  const second = await ask(groups.toReversed());
  return {
    ...memo,
    ownUsd: memo.ownUsd + first.usage.costUsd + second.usage.costUsd,
    history: [...memo.history, { kind: 'judged', picks: [first.pick, second.pick] }],
  };
}
