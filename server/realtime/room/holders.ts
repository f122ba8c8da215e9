/**
 * Who writes under which client id of a draft. Of two connections under one id, each could overwrite what the other was
 * told is saved: whoever takes an id along ends whatever else still holds it, in all processes.
 */
export type Holders = {
  /** `end` is called once, when another connection takes the id. */
  take(clientId: number, end: () => void): void;
  leave(clientId: number, end: () => void): void;
  /** A connection of another process has taken the id. */
  taken(clientId: number): void;
};

/** `tell` is told of each id that is taken here, for the other processes. */
export function createHolders(tell: (clientId: number) => void): Holders {
  const held = new Map<number, () => void>();
  const endHolder = (clientId: number) => {
    const end = held.get(clientId);
    held.delete(clientId);
    end?.();
  };
  return {
    take(clientId, end) {
      if (held.get(clientId) !== end) endHolder(clientId);
      held.set(clientId, end);
      tell(clientId);
    },
    leave(clientId, end) {
      if (held.get(clientId) === end) held.delete(clientId);
    },
    taken: endHolder,
  };
}
