import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from '../engine';
import type { RunLedger } from './journals';
import type { Deed } from './shapes';

/** Somebody to ask, who may go away in the middle of it. */
export type Asked = { engine: Engine; died: Promise<never> };
export type Asking = <T>(ask: (engine: Engine) => Promise<T>) => Promise<T>;

/** Asks until somebody answers, whoever goes away meanwhile. */
export function askingOf(anybody: () => Asked): Asking {
  return async (ask) => {
    for (;;) {
      const { engine, died } = anybody();
      const late = sleep(3000, undefined, { ref: false }).then(() => {
        throw new Error('no answer');
      });
      try {
        return await Promise.race([ask(engine), died, late]);
      } catch {
        await sleep(20);
      }
    }
  };
}

type Options = {
  asking: Asking;
  ledger: RunLedger;
  random: () => number;
  isOver: () => boolean;
  /** Nobody will answer this run. */
  leave(runId: string): void;
};

/** What people do to runs a moment after they began. */
export function createPeople({ asking, ledger, random, isOver, leave }: Options) {
  const pause = async (id: string) => {
    await asking((engine) => engine.advance(id, { type: 'pause', by: 'Ada' }));
    await sleep(random() * 120);
    await asking((engine) => engine.advance(id, { type: 'continue', by: 'Ada' }));
  };
  const cancel = async (id: string) => {
    const done = await asking((engine) => engine.advance(id, { type: 'cancel', by: 'Ada' }));
    if (done?.events.some(({ type }) => type === 'RunCancelled')) ledger.cancelled.add(id);
  };
  const answer = async (id: string) => {
    // Every third one waits for ever.
    if (random() < 0.33) {
      leave(id);
      return;
    }
    while (!isOver()) {
      const state = await asking((engine) => engine.load(id));
      const step = state?.steps.person;
      if (state?.finishedAt !== undefined) return;
      if (step?.status === 'waiting') {
        const ask = { type: 'resume', stepId: 'person', attempt: step.attempt } as const;
        const end = { ok: true, output: 'yes' } as const;
        await asking((engine) => engine.advance(id, { ...ask, end, by: 'Ada' }));
        return;
      }
      await sleep(30);
    }
  };
  const deeds: Record<Deed, (id: string) => Promise<void>> = { pause, cancel, answer };
  return async (id: string, deed: Deed) => {
    await sleep(random() * 120);
    await deeds[deed](id);
  };
}
