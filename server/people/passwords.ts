import { hashPassword, verifyPassword } from 'better-auth/crypto';
import { AppError } from '@/lib/api/errors';

/** Makes and checks the hashes of passwords, few at a time: each takes a thread for some 40 ms and 16 MB. */
export type Passwords = {
  /** Throws `unavailable` when too many wait already. */
  hash(password: string): Promise<string>;
  /** Throws `unavailable` when too many wait already. */
  verify(given: { hash: string; password: string }): Promise<boolean>;
};

/** Threads that are left to files and names: Node has four for all of them. */
const maxAtOnce = 2;
/** A second's work. */
const maxWaiting = 40;

/** One for each process. */
export function createPasswords(most = { atOnce: maxAtOnce, waiting: maxWaiting }): Passwords {
  let running = 0;
  const waiting: (() => void)[] = [];
  const bounded = async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= most.atOnce) {
      if (waiting.length >= most.waiting) {
        throw new AppError(
          'unavailable',
          'Too many people are signing in. Try again in a few seconds.',
          { retryAfter: 2 },
        );
      }
      // Whoever ends hands its place on, so `running` stays as it is.
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
  return {
    hash: (password) => bounded(() => hashPassword(password)),
    verify: (given) => bounded(() => verifyPassword(given)),
  };
}
