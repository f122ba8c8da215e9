import { AppError } from '@/lib/api/errors';

/** Uploads that one process has in its memory at once. */
const maxAtOnce = 4;
/** Those that wait with their bodies unread. */
const maxWaiting = 20;
const patienceMs = 15_000;

/** Runs uploads a few at a time. Throws `unavailable` when too many wait already, or when the turn does not come. */
export function createUploadSlots(most = { atOnce: maxAtOnce, waiting: maxWaiting, patienceMs }) {
  let running = 0;
  const waiting: (() => void)[] = [];
  const enter = async (): Promise<void> => {
    if (running < most.atOnce) {
      running += 1;
      return;
    }
    if (waiting.length >= most.waiting) throw busy();
    await new Promise<void>((resolve, reject) => {
      // Whoever ends hands its place on, so `running` stays as it is.
      const go = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(go), 1);
        reject(busy());
      }, most.patienceMs);
      waiting.push(go);
    });
  };
  return async <T>(work: () => Promise<T>): Promise<T> => {
    await enter();
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}

function busy(): AppError {
  return new AppError('unavailable', 'Many files are being uploaded. Try again in a few seconds.', {
    retryAfter: 3,
  });
}
