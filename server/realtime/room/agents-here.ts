/** An agent that says nothing for so long is taken off the canvas: its process is gone. */
const goneAfterMs = 8_000;

export type AgentsHere = {
  /** An agent said that it is here, or that it leaves. */
  heard(clientId: number, here: boolean): void;
  close(): void;
};

/** Watches over the agents of a draft that other processes tell of; `gone` is called for one that fell silent. */
export function createAgentsHere(gone: (clientId: number) => void): AgentsHere {
  const timers = new Map<number, NodeJS.Timeout>();
  const forget = (clientId: number) => {
    clearTimeout(timers.get(clientId));
    timers.delete(clientId);
  };
  return {
    heard(clientId, here) {
      forget(clientId);
      if (!here) return;
      const timer = setTimeout(() => {
        timers.delete(clientId);
        gone(clientId);
      }, goneAfterMs);
      timer.unref();
      timers.set(clientId, timer);
    },
    close() {
      for (const clientId of [...timers.keys()]) forget(clientId);
    },
  };
}
