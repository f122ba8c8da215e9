import { familyOf } from '@/lib/models/parts/origin';
import type { Move } from '@/lib/panel/next-move';
import { standingOf } from '@/lib/panel/positions';
import type { PanelEvent, PanelOutcome, Position } from '@/lib/panel/schema';
import type { PanelMemo } from './ask-stage';

type Done = Extract<Move, { kind: 'done' }>;

/** What the panel came to, with all that was said against it. */
export function outcomeOf(
  done: Done,
  history: readonly PanelEvent[],
  names: readonly string[],
  { models, rehearsed, causes }: Pick<PanelMemo, 'models' | 'rehearsed' | 'causes'>,
): PanelOutcome {
  const nameOf = (member: number) => names[member] ?? 'Agent';
  const { moved, rounds } = standingOf(history);
  const asked = new Set(history.flatMap((event) => (event.kind === 'asked' ? event.members : [])));
  const gave = new Set(done.groups.flat().map(({ member }) => member));
  const held = (group: readonly Position[] = []) => ({
    agents: group.map(({ member }) => nameOf(member)),
    answer: group[0]?.answer ?? '',
    claims: group[0]?.claims ?? [],
    evidence: [...new Set(group.flatMap(({ evidence }) => evidence))].slice(0, 20),
  });
  const families = new Set(models.map(familyOf));
  return {
    way: done.way,
    agents: [...asked].sort((a, b) => a - b).map(nameOf),
    silent: [...asked].filter((member) => !gave.has(member)).map(nameOf),
    held: held(done.groups[0]),
    dissent: done.groups.slice(1).map((group) => held(group)),
    ...{ rounds, moved: moved.map(nameOf), models: [...new Set(models)] },
    rehearsed,
    ...(done.by === undefined ? {} : { by: done.by }),
    notes: [
      ...causeWords(causes, names),
      ...(families.size === 1 && done.groups.flat().length > 1
        ? ['All answers came from one model, so agreeing proves little.']
        : []),
    ],
  };
}

/** Why agents gave no answer, a sentence each. */
export const causeWords = (causes: PanelMemo['causes'], names: readonly string[]): string[] =>
  causes.map(({ member, why }) => `${names[member] ?? 'Agent'}: ${why.replace(/[.!?]*$/, '.')}`);

/** The answer as text: where nothing was settled, all of them. */
export function textOf({ way, held, dissent }: PanelOutcome): string {
  if (way !== 'unsettled' || dissent.length === 0) return held.answer;
  return [held, ...dissent]
    .map(({ agents, answer }) => `**${agents.join(', ')}**\n\n${answer}`)
    .join('\n\n');
}
