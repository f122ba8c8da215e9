/** What the description says and no step does. */
export const isLeftOut = (each: string): boolean => /^(?:Left out|Not understood)/.test(each);

/** What of a description is not in its draft: nobody should take it for the whole. */
export function LeftOut({ assumptions }: { assumptions: readonly string[] }) {
  const left = assumptions.filter(isLeftOut);
  if (left.length === 0) return null;
  return (
    <div className="space-y-1 rounded-md bg-warning-soft px-2.5 py-2 text-sm text-warning">
      <h3 className="font-medium">Not drafted yet</h3>
      <Lines lines={left} />
    </div>
  );
}

/** Sentences, one below the other. */
export function Lines({ lines }: { lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <ul className="list-disc space-y-1 pl-4 marker:text-faint">
      {lines.map((each) => (
        <li key={each}>{each}</li>
      ))}
    </ul>
  );
}
