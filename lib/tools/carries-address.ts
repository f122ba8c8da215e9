/** What looks like an address with something behind its host, which whoever is asked may open. */
const address =
  /(?:[a-z][a-z0-9+.-]*:)?\/\/[^\s"'<>]+|\b[a-z0-9-]+(?:\.[a-z0-9-]+)+[/?#][^\s"'<>]+/gi;

/** Whether arguments hold an address that the agent was not given as it stands: it could carry what was read before. */
export async function carriesAddress(
  args: Record<string, unknown>,
  told: (text: string) => Promise<boolean>,
): Promise<boolean> {
  for (const text of textsIn(args)) {
    for (const [found] of text.matchAll(address)) if (!(await told(found))) return true;
  }
  return false;
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => [key, ...textsIn(one)]);
}
