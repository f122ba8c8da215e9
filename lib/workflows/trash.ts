/** After so many days in the trash a workflow is deleted for good. */
export const trashDays = 30;

const dayMs = 86_400_000;

/** When a workflow that was deleted at this moment is deleted for good; both in milliseconds since 1970. */
export const goesAt = (deletedAt: number): number => deletedAt + trashDays * dayMs;

/** Days that are left until then, a begun one as a whole; never below 0. */
export const daysLeft = (goes: number, now: number): number =>
  Math.max(0, Math.ceil((goes - now) / dayMs));
