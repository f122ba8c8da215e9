import { AppError } from '@/lib/api/errors';

/** Requests that one process works on at once, and those of one sender: of uploads, which it has in its memory. */
const usual = { atOnce: 4, perSender: 2, waiting: 20, patienceMs: 15_000 };

type Waiter = { sender: string; go(): void };

/**
 * Runs what costs much a few at a time, of one sender fewer, so that nobody takes all places or all of the row. Throws
 * `unavailable` when too many wait already, or when the turn does not come.
 */
export function createPlaces(most: Partial<typeof usual> = {}) {
  const { atOnce, perSender, waiting: mostWaiting, patienceMs } = { ...usual, ...most };
  let running = 0;
  const runningOf = new Map<string, number>();
  const row: Waiter[] = [];
  const mayRun = (sender: string) => running < atOnce && (runningOf.get(sender) ?? 0) < perSender;
  const take = (sender: string) => {
    running += 1;
    runningOf.set(sender, (runningOf.get(sender) ?? 0) + 1);
  };
  const leave = (sender: string) => {
    running -= 1;
    const left = (runningOf.get(sender) ?? 1) - 1;
    if (left > 0) runningOf.set(sender, left);
    else runningOf.delete(sender);
    const next = row.findIndex((one) => mayRun(one.sender));
    if (next >= 0) row.splice(next, 1)[0]?.go();
  };
  const enter = async (sender: string): Promise<void> => {
    if (mayRun(sender)) return take(sender);
    const own = row.filter((one) => one.sender === sender).length;
    if (row.length >= mostWaiting || own >= Math.ceil(mostWaiting / 2)) throw busy();
    await new Promise<void>((resolve, reject) => {
      const waiter: Waiter = {
        sender,
        go() {
          clearTimeout(timer);
          take(sender);
          resolve();
        },
      };
      const timer = setTimeout(() => {
        row.splice(row.indexOf(waiter), 1);
        reject(busy());
      }, patienceMs);
      row.push(waiter);
    });
  };
  return async <T>(sender: string, work: () => Promise<T>): Promise<T> => {
    await enter(sender);
    try {
      return await work();
    } finally {
      leave(sender);
    }
  };
}

function busy(): AppError {
  return new AppError(
    'unavailable',
    'Many such requests are coming in. Try again in a few seconds.',
    { retryAfter: 3 },
  );
}
