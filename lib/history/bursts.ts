import type { AuthoredChange, Authorship } from '@/lib/workflows/changes/authored-update';
import { mergeFields } from '@/lib/workflows/changes/changed-paths';

/** When each field of each element was last changed, in milliseconds since 1970. */
export type ChangedAt = Record<string, Record<string, number>>;

/** What one author did without a long pause. Others' bursts may lie in between. Times as in {@link Authorship}. */
export type Burst = Omit<Authorship, 'at'> & {
  fromSeq: number;
  toSeq: number;
  startedAt: number;
  endedAt: number;
  changedAt: ChangedAt;
};

const pauseMs = 2 * 60_000;
const longestMs = 30 * 60_000;

/**
 * Groups changes, given in the order of their numbers, by author, source and pauses, and never across one of `cuts`: the
 * moments, in order, at which a version was published or a state was named. In order of their beginning.
 */
export function burstsOf(
  changes: readonly AuthoredChange[],
  cuts: readonly number[] = [],
): Burst[] {
  return joinBursts(
    changes.map(({ seq, userId, source, at, changedPaths }) => ({
      fromSeq: seq,
      toSeq: seq,
      userId,
      source,
      startedAt: at,
      endedAt: at,
      changedAt: Object.fromEntries(
        Object.entries(changedPaths).map(([element, fields]) => [
          element,
          mergeFields({}, fields, at),
        ]),
      ),
    })),
    cuts,
  );
}

/**
 * Joins bursts, given in the order of their first numbers, that go on where one of the same author ended, with none of
 * `cuts` in between.
 */
export function joinBursts(bursts: readonly Burst[], cuts: readonly number[] = []): Burst[] {
  const joined: Burst[] = [];
  const open = new Map<string, Burst>();
  for (const burst of bursts) {
    const author = JSON.stringify([burst.userId, burst.source]);
    const last = open.get(author);
    const goesOn =
      last !== undefined &&
      burst.startedAt - last.endedAt <= pauseMs &&
      burst.endedAt - last.startedAt <= longestMs &&
      !hasBetween(cuts, last.endedAt, burst.startedAt);
    if (goesOn) addTo(last, burst);
    else {
      const own = { ...burst, changedAt: { ...burst.changedAt } };
      open.set(author, own);
      joined.push(own);
    }
  }
  return joined;
}

/** Whether one of these moments, in order, lies at `from` or later, and before `to`. */
function hasBetween(moments: readonly number[], from: number, to: number): boolean {
  let [low, high] = [0, moments.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((moments[middle] ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return (moments[low] ?? Number.POSITIVE_INFINITY) < to;
}

function addTo(burst: Burst, next: Burst): void {
  burst.toSeq = Math.max(burst.toSeq, next.toSeq);
  burst.endedAt = Math.max(burst.endedAt, next.endedAt);
  for (const [element, fields] of Object.entries(next.changedAt)) {
    let known = burst.changedAt[element] ?? {};
    for (const [field, at] of Object.entries(fields)) known = mergeFields(known, [field], at);
    burst.changedAt[element] = known;
  }
}
