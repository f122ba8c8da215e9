/** Which of a step's runs one is, for people: “Item 3”, “Round 2”, “Run 1”. Numbers of the data begin at 0. */
export function placeOfChild(
  stepType: string,
  { round, index }: { round: number; index: number },
): string {
  if (stepType === 'map') return `Item ${index + 1}`;
  // A loop counts its own rounds, one run in each.
  if (stepType === 'loop') return `Iteration ${Math.max(1, round)}`;
  return round === 0 ? `Run ${index + 1}` : `Run ${round + 1}.${index + 1}`;
}
