/** Names that one tab holds alone until it releases them or ends. */
export type TabLocks = {
  /** Takes a name that is this tab's own. The function releases it. */
  hold(name: string): () => void;
  /** Takes a name that nobody holds; undefined when somebody does. */
  tryHold(name: string): Promise<(() => void) | undefined>;
  /** Names that any tab holds now. */
  held(): Promise<ReadonlySet<string>>;
};

/** Those of the browser; undefined where it has none. */
export function createTabLocks(): TabLocks | undefined {
  if (typeof navigator === 'undefined' || !navigator.locks) return undefined;
  const { locks } = navigator;
  return {
    hold(name) {
      const over = Promise.withResolvers<void>();
      locks.request(name, () => over.promise).catch(() => undefined);
      return () => over.resolve();
    },
    async held() {
      const { held = [] } = await locks.query();
      return new Set(held.flatMap(({ name }) => name ?? []));
    },
    tryHold: (name) =>
      new Promise((resolve) => {
        const over = Promise.withResolvers<void>();
        locks
          .request(name, { ifAvailable: true }, (lock) => {
            resolve(lock ? () => over.resolve() : undefined);
            return lock ? over.promise : undefined;
          })
          .catch(() => resolve(undefined));
      }),
  };
}
