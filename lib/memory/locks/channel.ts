/** The name of the event by which a step hears that a lock is its own. */
export const lockChannel = (token: number): string => `memory-lock/${token}`;
