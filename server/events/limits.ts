/**
 * How long an event that nobody waited for is kept, and how much of it for one workspace: past that it is refused, never
 * dropped without a word.
 */
export const keptEvents = { hours: 24, count: 10_000, characters: 64_000_000 };

/** A wait takes events that were sent after its run began; the clocks of two processes may differ by so much. */
export const clockSlackMs = 1000;
