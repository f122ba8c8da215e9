import type { Expect } from './decide-write';
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
    }
  | { do: 'delete'; path: string }
  | { do: 'get'; path: string }
  | { do: 'list'; under: string; limit: number }
  | { do: 'search'; q: string; limit: number }
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
  /** Done by an earlier attempt of the same step; nothing was done again. */
  before?: true;
};
