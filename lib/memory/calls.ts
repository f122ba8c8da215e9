import type { Expect } from './decide-write';
import type { LockMode } from './locks/modes';
import type { MatchBy } from './match-by';
import type { Json } from './merge/leaf';
import type { Author, MemoryHit, PutOutcome } from './schema';
import type { SpaceKind } from './space';
import type { StrategyName } from './strategy-names';

/** A space as a step names it: without a name its own workflow, its own chat, or the person who started the run. */
export type NamedSpace = { kind: SpaceKind; name?: string };

/** What a step or a tool asks of memory. */
export type MemoryCall = { space: NamedSpace } & (
  | {
      do: 'put';
      path: string;
      value: unknown;
      strategy: StrategyName;
      expect?: Expect;
      expiresInSeconds?: number;
      /** A lock that must still be held. */
      token?: number;
    }
  | { do: 'delete'; path: string }
  | {
      do: 'lock';
      /** Empty for the whole memory. */
      path: string;
      mode: LockMode;
      leaseSeconds: number;
      waitSeconds: number;
    }
  | { do: 'unlock'; path: string }
  | { do: 'get'; path: string }
  | { do: 'list'; under: string; limit: number }
  | { do: 'search'; q: string; limit: number; by?: MatchBy }
);

/** An entry as steps see it. */
export type Remembered = {
  path: string;
  value: Json;
  version: number;
  updatedAt: string;
  author: Author;
};

export type MemoryAnswer = {
  found: boolean;
  /** The entry that was read or written; of a search the best. */
  entry?: Remembered;
  entries: (Remembered & { why?: MemoryHit['why'] })[];
  outcome?: PutOutcome | 'deleted';
  /** The lock that was asked for, held or waited for. */
  lock?: { token: number; granted: boolean; until: string; path: string; mode: LockMode };
  /** How many locks were released. */
  released?: number;
  /** Done by an earlier attempt of the same step; nothing was done again. */
  before?: true;
};
