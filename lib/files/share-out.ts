/**
 * Shares a budget out among texts: small ones get all that they need, and what they leave goes to the others in equal
 * parts. The sum never passes the budget.
 */
export function shareOut(needs: readonly number[], budget: number): number[] {
  const given = needs.map(() => 0);
  const bySize = needs.map((need, index) => ({ need, index })).sort((a, b) => a.need - b.need);
  let left = Math.max(0, budget);
  for (const [at, { need, index }] of bySize.entries()) {
    const part = Math.min(need, Math.floor(left / (bySize.length - at)));
    given[index] = part;
    left -= part;
  }
  return given;
}
