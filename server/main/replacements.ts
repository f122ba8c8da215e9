const firstPauseMs = 500;
const longestPauseMs = 5000;
const calmMs = 60_000;

/** Decides for one kind of process when those that retire get their successors. */
export type Successions = {
  /**
   * Calls `launch` with the pause before the successor is started: none at first, then from 0.5 s to 5 s until nobody
   * has retired for a minute. The answer is to be called when the one that retires is gone. Undefined while another
   * succession is under way: one process more than usual is enough, and whoever retires meanwhile is started again
   * when it is gone.
   */
  next(launch: (pauseMs: number) => void): (() => void) | undefined;
};

export function createSuccessions(): Successions {
  let busy = false;
  let pauseMs = 0;
  let lastAt = Number.NEGATIVE_INFINITY;
  return {
    next(launch) {
      if (busy) return undefined;
      busy = true;
      const now = performance.now();
      if (now - lastAt > calmMs) pauseMs = 0;
      lastAt = now;
      launch(pauseMs);
      pauseMs = Math.min(Math.max(pauseMs * 2, firstPauseMs), longestPauseMs);
      return () => {
        busy = false;
      };
    },
  };
}
