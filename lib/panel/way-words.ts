import type { PanelOutcome } from './schema';

const ways: Readonly<Record<PanelOutcome['way'], string>> = {
  agreed: 'The agents agreed',
  voted: 'Most agents agreed',
  discussed: 'Most agents agreed after a discussion',
  judged: 'A judge decided, twice the same',
  decided: 'A person decided',
  alone: 'Only one agent answered',
  capped: 'The cost cap was reached before it was settled',
  unsettled: 'The agents did not agree',
};

/** How it came about, in a few words. */
export const wayWords = ({ way, held, dissent, by }: PanelOutcome): string => {
  const all = held.agents.length + dissent.reduce((sum, { agents }) => sum + agents.length, 0);
  const count = all > 1 && way !== 'alone' ? ` (${held.agents.length} of ${all})` : '';
  return `${by === undefined ? ways[way] : `${by} decided`}${count}.`;
};
