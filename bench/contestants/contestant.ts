/** What one run is: ten steps one after the other, or a step, a hundred at once, and one that waits for them all. */
export type Shape = 'chain' | 'fanout';

export const chainSteps = 10;
export const fanWidth = 100;

/** How many steps a run has. */
export const stepsOf = (shape: Shape) => (shape === 'chain' ? chainSteps : fanWidth + 2);

/** When a run's first step began and when its last one was durable, by `performance.now()`. */
export type Timing = {
  /** Absent where it cannot be seen from outside: then the request counts as the beginning. */
  began?: number;
  ended: number;
};

/** One way of doing a run of no-op steps, each durable before those that follow, unless `keeps` says otherwise. */
export type Contestant = {
  name: string;
  /** What survives of a run whose process dies, where that is less than each step. */
  keeps?: string;
  /** Share of the turn's runs that it is given, for one so slow that the turn would be its alone. */
  share?: number;
  /** Does one run; `lane` is a number below the number of runs at once. */
  run(lane: number): Promise<Timing>;
  close(): Promise<void>;
};

/** Runs that are under way in this process, by id: their first step tells when it began. */
export function createStarts() {
  const began = new Map<string, number>();
  return {
    begin(id: string): void {
      if (!began.has(id)) began.set(id, performance.now());
    },
    /** The timing of a run that has ended at this moment. */
    end(id: string): Timing {
      const ended = performance.now();
      const at = began.get(id);
      began.delete(id);
      return { ended, ...(at === undefined ? {} : { began: at }) };
    },
  };
}
