import { setTimeout as sleep } from 'node:timers/promises';
import { isEnded } from '@/lib/runs/engine/readiness';
import type { RunState } from '@/lib/runs/schema';
import type { Services } from '@/server/services';

type Follow = {
  signal: AbortSignal;
  maxMs: number;
  /** A piece of what a step is writing. */
  onPiece?(piece: { stepId: string; offset: number; text: string }): void;
  /** The run as it is now, again and again; also at its end. */
  onLook?(state: RunState): Promise<void>;
};

/** Waits for a run's end, and gives its last state; undefined where it has not ended in time or nobody waits any more. */
export async function followRun(
  { bus, engine }: Pick<Services, 'bus' | 'engine'>,
  runId: string,
  { signal, maxMs, onPiece, onLook }: Follow,
): Promise<RunState | undefined> {
  const until = performance.now() + maxMs;
  let wake = () => {};
  const stop = await bus.subscribe(`run:${runId}`, (message) => {
    if (message.kind === 'events') wake();
    if (message.kind === 'stream') onPiece?.(message);
  });
  signal.addEventListener('abort', () => wake(), { once: true });
  try {
    bus.publish(`run:${runId}`, { kind: 'stream-request' });
    while (!signal.aborted && performance.now() < until) {
      const news = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const state = await engine.load(runId);
      if (state !== undefined) await onLook?.(state);
      if (state !== undefined && isEnded(state.status)) return state;
      // A message may be lost, so the run is looked at each second in any case.
      await Promise.race([news, sleep(1_000)]);
    }
    return undefined;
  } finally {
    stop();
  }
}
