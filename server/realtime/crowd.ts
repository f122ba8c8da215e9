import { realtimeLimits } from '@/lib/realtime/messages';
import { type Budget, createBudget } from './budget';

/** What all sockets of one person in this process share. */
export type Together = { sockets: number; joins: Budget };

/** The people whose sockets this process holds. */
export type Crowd = {
  isFull(userId: string): boolean;
  /** One more socket; call `leave` once for each. */
  enter(userId: string): Together;
  leave(userId: string): void;
};

export function createCrowd(): Crowd {
  const people = new Map<string, Together>();
  const { socketsPerPerson, personJoinsPerSecond, personJoinsAtOnce } = realtimeLimits;
  return {
    isFull: (userId) => (people.get(userId)?.sockets ?? 0) >= socketsPerPerson,
    enter(userId) {
      const together = people.get(userId) ?? {
        sockets: 0,
        joins: createBudget(personJoinsPerSecond, personJoinsAtOnce),
      };
      people.set(userId, together);
      together.sockets += 1;
      return together;
    },
    leave(userId) {
      const together = people.get(userId);
      if (!together) return;
      together.sockets -= 1;
      // Whoever comes back at once finds the same budget: it is forgotten only when it would be whole again.
      if (together.sockets > 0) return;
      const whole = (personJoinsAtOnce / personJoinsPerSecond) * 1_000;
      setTimeout(() => {
        if (together.sockets === 0 && people.get(userId) === together) people.delete(userId);
      }, whole).unref();
    },
  };
}
