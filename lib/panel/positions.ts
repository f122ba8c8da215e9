import { isClosed, normalAnswer, sameAnswer } from './same-answer';
import type { PanelEvent, Position, Reply } from './schema';

type Asked = Extract<PanelEvent, { kind: 'asked' }>;

export type Standing = {
  /** What each agent holds now, in the order of the panel. */
  positions: Position[];
  /** Who gave up an answer in a round, with evidence that it had not named before. */
  moved: number[];
  /** Rounds so far, and whether anybody moved in the last. */
  rounds: number;
  lastMoved: boolean;
};

/** What the agents hold after all that happened. Who changes without new evidence is counted as before. */
export function standingOf(history: readonly PanelEvent[]): Standing {
  const held = new Map<number, Position>();
  const moved = new Set<number>();
  let [rounds, lastMoved] = [0, true];
  for (const event of history) {
    if (event.kind !== 'asked') continue;
    if (event.round === 0) for (const reply of event.replies) held.set(reply.member, reply);
    else {
      rounds = event.round;
      lastMoved = false;
      for (const reply of event.replies) {
        const before = held.get(reply.member);
        if (before === undefined) continue;
        if (moves(before, reply)) {
          moved.add(reply.member);
          lastMoved = true;
          held.set(reply.member, reply);
        } else held.set(reply.member, { ...before, evidence: joined(before, reply) });
      }
    }
  }
  const positions = [...held.values()].sort((a, b) => a.member - b.member);
  return { positions, moved: [...moved].sort((a, b) => a - b), rounds, lastMoved };
}

function moves(before: Reply, now: Reply): boolean {
  const other = !sameAnswer(before.answer, now.answer);
  // An open answer is worded anew each time: then the agent says itself whether it gave it up.
  const changed = isClosed(before.answer) && isClosed(now.answer) ? other : other && now.changed;
  return changed && hasNew(before.evidence, now.evidence);
}

function hasNew(before: readonly string[], now: readonly string[]): boolean {
  const known = new Set(before.map(normalAnswer));
  return now.some((item) => !known.has(normalAnswer(item)));
}

function joined(before: Reply, now: Reply): string[] {
  const known = new Set(before.evidence.map(normalAnswer));
  return [...before.evidence, ...now.evidence.filter((item) => !known.has(normalAnswer(item)))];
}

/** Positions that say the same, the largest group first, then in the order of the panel. */
export function groupsOf(
  positions: readonly Position[],
  compared?: readonly (readonly number[])[],
): Position[][] {
  const groups: Position[][] = [];
  const alike = (a: Position, b: Position) =>
    sameAnswer(a.answer, b.answer) ||
    (compared ?? []).some((group) => group.includes(a.member) && group.includes(b.member));
  for (const position of positions) {
    // With all of a group: numbers that are close in a chain do not all say the same.
    const group = groups.find((each) => each.every((one) => alike(one, position)));
    if (group === undefined) groups.push([position]);
    else group.push(position);
  }
  return groups.sort((a, b) => b.length - a.length || at(a) - at(b));
}

const at = (group: readonly Position[]) => group[0]?.member ?? 0;

/** The groups that were made of the answers as they stand, where they were compared since they were given. */
export function comparedSince(history: readonly PanelEvent[]): number[][] | undefined {
  const last = history.findLast(
    (event): event is Asked | Extract<PanelEvent, { kind: 'compared' }> =>
      event.kind === 'asked' || event.kind === 'compared',
  );
  return last?.kind === 'compared' ? last.groups : undefined;
}
