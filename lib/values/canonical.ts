/** The same text for values that are the same, whatever the order of their fields. */
export function canonical(value: unknown): string {
  const sorted = (_: string, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([x], [y]) => (x < y ? -1 : 1)))
      : each;
  return JSON.stringify(value, sorted) ?? '';
}
