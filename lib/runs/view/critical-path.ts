/** When a step ran, in milliseconds since 1970, and where it went on. */
export type Span = {
  startedAt?: number | undefined;
  finishedAt?: number | undefined;
  ports?: readonly string[] | undefined;
};

type Shape = {
  id: string;
  kind?: string;
  incoming: readonly { from: string; port: string }[];
};

/**
 * The chain of steps that decided when a run ended, the first one first: the last step that ended, before it the one
 * that was the last to let it begin, and so on. Steps that did not run in this run are not in it. Empty before one ended.
 */
export function criticalPath(
  steps: readonly Shape[],
  spans: Readonly<Record<string, Span | undefined>>,
): string[] {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const ran = (id: string) => {
    const span = spans[id];
    return span?.startedAt !== undefined && span.finishedAt !== undefined;
  };
  const endOf = (id: string) => spans[id]?.finishedAt ?? Number.NEGATIVE_INFINITY;
  const latest = (ids: readonly string[]) =>
    ids.reduce<string | undefined>(
      (best, id) => (best === undefined || endOf(id) > endOf(best) ? id : best),
      undefined,
    );
  /** What may have made a step begin: those before it whose way was taken. */
  const ledTo = ({ incoming }: Shape) => [
    ...new Set(
      incoming.flatMap(({ from, port }) =>
        ran(from) && (spans[from]?.ports?.includes(port) ?? false) ? [from] : [],
      ),
    ),
  ];
  const before = (step: Shape): string | undefined => {
    const begin = spans[step.id]?.startedAt ?? Number.POSITIVE_INFINITY;
    const led = ledTo(step);
    // What alone leads to it made it begin, also where two clocks that wrote the times differ.
    if (led.length === 1) return led[0];
    if (led.length > 0 || step.kind !== 'handler') {
      return latest(led.filter((id) => endOf(id) <= begin));
    }
    // Nothing leads to a step that handles errors: what ended last before it began made it begin.
    return latest(
      steps.flatMap(({ id }) => (id !== step.id && ran(id) && endOf(id) <= begin ? [id] : [])),
    );
  };
  const ended = steps.filter(({ id }) => ran(id));
  const goneOn = new Set(
    ended.flatMap((step) => {
      const led = ledTo(step);
      return led.length === 1 ? led : [];
    }),
  );
  const path: string[] = [];
  let at = latest(ended.flatMap(({ id }) => (goneOn.has(id) ? [] : [id])));
  while (at !== undefined && !path.includes(at)) {
    path.unshift(at);
    const step = byId.get(at);
    at = step && before(step);
  }
  return path;
}
