/**
 * Does a piece of work for each key at most once at a time. Who asks while it is under way shares the next one with all
 * who do, so that whatever they know of is seen by it.
 */
export function oneAtATime<R>(work: (key: string) => Promise<R>): (key: string) => Promise<R> {
  const underWay = new Map<string, { now: Promise<R>; next?: Promise<R> }>();

  const begin = (key: string): Promise<R> => {
    const now = work(key).finally(() => {
      const entry = underWay.get(key);
      if (entry?.now === now && entry.next === undefined) underWay.delete(key);
    });
    underWay.set(key, { now });
    return now;
  };
  return (key) => {
    const entry = underWay.get(key);
    if (entry === undefined) return begin(key);
    entry.next ??= entry.now.then(
      () => begin(key),
      () => begin(key),
    );
    return entry.next;
  };
}
