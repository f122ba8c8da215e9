/** From the weakest to the strongest: to read or to write below, to read all, to read all and write below, to write all. */
export const lockModes = ['IS', 'IX', 'S', 'SIX', 'X'] as const;
export type LockMode = (typeof lockModes)[number];

const compatible: Record<LockMode, readonly LockMode[]> = {
  IS: ['IS', 'IX', 'S', 'SIX'],
  IX: ['IS', 'IX'],
  S: ['IS', 'S'],
  SIX: ['IS'],
  X: [],
};

/** Whether two owners may hold these at one place at once. */
export const areCompatible = (one: LockMode, other: LockMode): boolean =>
  compatible[one].includes(other);

/** What whoever locks a place holds at all places above it, too. */
export const intentOf = (mode: LockMode): LockMode => (mode === 'IS' || mode === 'S' ? 'IS' : 'IX');

const covered: Record<LockMode, readonly LockMode[]> = {
  IS: ['IS'],
  IX: ['IS', 'IX'],
  S: ['IS', 'S'],
  SIX: ['IS', 'IX', 'S', 'SIX'],
  X: ['IS', 'IX', 'S', 'SIX', 'X'],
};

/** Whether who holds one mode has all that another one gives. */
export const covers = (held: LockMode, asked: LockMode): boolean => covered[held].includes(asked);
