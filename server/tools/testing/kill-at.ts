import type { Gate } from './scripted';

export class Killed extends Error {}

export type Killing = {
  gate: Gate;
  /** The moments that were passed, the last one is that of the death. */
  points: string[];
  /** Rejects with {@link Killed} at the death. */
  dead: Promise<never>;
  Killed: typeof Killed;
};

/** Stops a process at its n-th moment: from then on nothing that it does reaches the world. */
export function killAt(moment: number): Killing {
  const points: string[] = [];
  const { promise: dead, reject } = Promise.withResolvers<never>();
  dead.catch(() => undefined);
  let over = false;
  return {
    ...{ points, dead, Killed },
    async gate(point) {
      if (!over) points.push(point);
      over ||= points.length > moment;
      if (!over) return;
      reject(new Killed(point));
      await new Promise(() => undefined);
    },
  };
}
