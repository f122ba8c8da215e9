import { comparedSince, groupsOf, standingOf } from './positions';
import { isClosed } from './same-answer';
import {
  maxRounds,
  type PanelEvent,
  type PanelPolicy,
  type PanelWay,
  type Position,
} from './schema';

/** The part of the agents that settles a question. */
const enough = 0.6;

export type PanelRules = {
  /** How many agents there are. */
  members: number;
  policy: PanelPolicy;
  /** What it has cost leaves no room for another step. */
  capped?: boolean;
};

/** What a panel does next. All but `done` costs something, or waits for a person. */
export type Move =
  | { kind: 'ask'; round: number; members: number[] }
  | { kind: 'compare'; positions: Position[] }
  | { kind: 'judge'; groups: Position[][] }
  | { kind: 'person'; groups: Position[][] }
  /** `groups`: who holds the answer first, then the dissent. */
  | { kind: 'done'; way: PanelWay; groups: Position[][]; by?: string };

/**
 * The next move of a panel, out of all that happened: two agents answer blind, the others where these disagree, then votes,
 * rounds, a judge and a person, in this order. Nothing follows when it is settled, and nothing that costs when it is capped.
 */
export function nextMove(rules: PanelRules, history: readonly PanelEvent[]): Move {
  const { members, policy } = rules;
  const asked = new Set(history.flatMap((event) => (event.kind === 'asked' ? event.members : [])));
  if (asked.size === 0) return { kind: 'ask', round: 0, members: [0, 1].slice(0, members) };
  const { positions, rounds, lastMoved } = standingOf(history);
  const compared = comparedSince(history);
  const groups = groupsOf(positions, compared);
  const all = asked.size >= members;
  const capped = (): Move => ({ kind: 'done', way: 'capped', groups });
  const pay = (move: Move): Move => (rules.capped ? capped() : move);

  const decided = history.findLast((event) => event.kind === 'decided');
  if (decided !== undefined) return settledBy(groups, decided.pick, 'decided', decided.by);
  if (positions.length < 2) {
    if (all) return { kind: 'done', way: 'alone', groups };
    return pay(askRest(asked, members));
  }
  if (groups.length > 1 && compared === undefined && isOpen(positions)) {
    return pay({ kind: 'compare', positions });
  }
  if (groups.length === 1 && rounds === 0) return { kind: 'done', way: 'agreed', groups };
  if (!all) return pay(askRest(asked, members));
  if (isEnough(groups, positions.length)) {
    return { kind: 'done', way: rounds > 0 ? 'discussed' : 'voted', groups };
  }
  if (policy === 'vote') return { kind: 'done', way: 'unsettled', groups };
  if (policy === 'ask') return { kind: 'person', groups };
  if (rounds < maxRounds && lastMoved) {
    const still = positions.map(({ member }) => member);
    return pay({ kind: 'ask', round: rounds + 1, members: still });
  }
  const judged = history.findLast((event) => event.kind === 'judged');
  if (judged === undefined) return pay({ kind: 'judge', groups });
  const [first = null, second = null] = judged.picks;
  if (first === second && first !== null) return settledBy(groups, first, 'judged');
  return { kind: 'person', groups };
}

/** Texts that are no words, names or numbers are the same only where somebody reads them. */
const isOpen = (positions: readonly Position[]) =>
  positions.some(({ answer }) => !isClosed(answer));

function askRest(asked: ReadonlySet<number>, members: number): Move {
  const rest = Array.from({ length: members }, (_, at) => at).filter((at) => !asked.has(at));
  return { kind: 'ask', round: 0, members: rest };
}

/** One group, and no other of its size. */
function isEnough(groups: readonly Position[][], count: number): boolean {
  const [first, second] = groups;
  if (first === undefined || first.length === second?.length) return false;
  return first.length / count >= enough;
}

function settledBy(
  groups: Position[][],
  pick: number | null,
  way: 'judged' | 'decided',
  by?: string,
): Move {
  const chosen = pick === null ? undefined : groups[pick];
  if (chosen === undefined) return { kind: 'done', way: 'unsettled', groups };
  const others = groups.filter((group) => group !== chosen);
  return { kind: 'done', way, groups: [chosen, ...others], ...(by === undefined ? {} : { by }) };
}

/** Answers and readings that a panel of so many takes: at least, and at most. */
export function stepsOf(members: number, policy: PanelPolicy): { least: number; most: number } {
  const compares = members > 2 ? 2 : 1;
  if (policy !== 'discuss') return { least: 2, most: members + compares };
  return { least: 2, most: members * (1 + maxRounds) + compares + maxRounds + 2 };
}
