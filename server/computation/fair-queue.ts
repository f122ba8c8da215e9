/** Who waits for a thread: each owner in turn, whoever has the fewest at work first. */
export type Line<Entry> = {
  /** False when this owner has too many waiting already. */
  join(owner: string, entry: Entry): boolean;
  /**
   * The next one; it counts as at work until its owner leaves. An owner whose last job was stopped has one at work at
   * most, until one of its jobs ends well: the other threads stay free for its neighbours.
   */
  take(): { owner: string; entry: Entry } | undefined;
  leave(owner: string, end: 'done' | 'stopped'): void;
};

const maxWaiting = 500;
const maxSuspects = 1_000;

/**
 * A fair line, so that one workspace with much to work out does not keep the others waiting. No owner has more than
 * `maxWorking` at work.
 */
export function createLine<Entry>(maxWorking = Number.POSITIVE_INFINITY): Line<Entry> {
  const waiting = new Map<string, Entry[]>();
  const working = new Map<string, number>();
  const suspect = new Set<string>();
  return {
    join(owner, entry) {
      const mine = waiting.get(owner) ?? [];
      if (mine.length >= maxWaiting) return false;
      mine.push(entry);
      waiting.set(owner, mine);
      return true;
    },
    take() {
      let owner: string | undefined;
      for (const each of waiting.keys()) {
        if (busy(each) >= (suspect.has(each) ? 1 : maxWorking)) continue;
        if (owner === undefined || busy(each) < busy(owner)) owner = each;
      }
      if (owner === undefined) return undefined;
      const mine = waiting.get(owner) ?? [];
      const entry = mine.shift();
      // Behind the others, for the next time.
      waiting.delete(owner);
      if (mine.length > 0) waiting.set(owner, mine);
      if (entry === undefined) return undefined;
      working.set(owner, busy(owner) + 1);
      return { owner, entry };
    },
    leave(owner, end) {
      if (end === 'stopped') remember(owner);
      else suspect.delete(owner);
      const left = busy(owner) - 1;
      if (left > 0) working.set(owner, left);
      else working.delete(owner);
    },
  };
  function remember(owner: string): void {
    suspect.delete(owner);
    suspect.add(owner);
    const [oldest] = suspect;
    if (suspect.size > maxSuspects && oldest !== undefined) suspect.delete(oldest);
  }
  function busy(owner: string): number {
    return working.get(owner) ?? 0;
  }
}
