import { sumUsd } from '@/lib/spending/pico';
import type { TaskSoFar } from '@/lib/tools/task';
import type { SettledTurn } from './messages';

/** Calls that are looked at, and how many of them may be the same. */
const stall = { of: 6, same: 3 };

/** Why no further turn begins, as a sentence for people; undefined while one may. */
export function stopReason(
  {
    opening: { limits },
    startedAt,
    waitedMs,
    belowUsd,
  }: Pick<TaskSoFar, 'opening' | 'startedAt' | 'waitedMs' | 'belowUsd'>,
  turns: readonly SettledTurn[],
  now: number,
): string | undefined {
  const { maxTurns, maxMinutes, budgetUsd } = limits;
  const repeated = repeatedCall(turns);
  if (repeated !== undefined) {
    return `The agent used “${repeated}” ${stall.same} times in the same way without getting further.`;
  }
  if (turns.length >= maxTurns) {
    return `The agent needed more than its ${maxTurns} turns.`;
  }
  if (now - startedAt - waitedMs >= maxMinutes * 60_000) {
    return `The agent worked longer than its ${maxMinutes} minutes.`;
  }
  const spent = sumUsd(belowUsd, ...turns.map(({ turn }) => turn.usage.costUsd));
  if (budgetUsd !== undefined && spent >= budgetUsd) {
    return `The agent has spent its budget of $${budgetUsd} on this task ($${spent.toFixed(4)}).`;
  }
  return undefined;
}

/** The tool of a call that was made again and again with the same arguments, and failed or gave the same. */
export function repeatedCall(turns: readonly SettledTurn[]): string | undefined {
  const calls = turns
    .flatMap(({ turn, results }) =>
      turn.calls.map(({ name, args }, at) => ({ name, args, result: results[at] })),
    )
    .slice(-stall.of);
  const counts = new Map<string, number>();
  for (const { name, args, result } of calls) {
    const failed = result?.state !== 'done';
    const key = JSON.stringify([name, args, failed ? 'failed' : result.result]);
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    if (count >= stall.same) return name;
  }
  return undefined;
}
