import { setTimeout as sleep } from 'node:timers/promises';
import { errorTable, isAppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import type { RunState } from '@/lib/runs/schema';
import { sendEvent } from '@/server/events/send-event';
import { answerStep } from '@/server/runs/control/answer-step';
import { cancelRun } from '@/server/runs/control/cancel-run';
import { letRunGoOn, pauseRun } from '@/server/runs/control/pause-run';
import { releaseStep, setDebug } from '@/server/runs/debugging/debug-run';
import { forkRun } from '@/server/runs/debugging/fork-run';
import type { RunLedger } from '@/server/runs/testing/journals';
import type { Services } from '@/server/services';
import type { Notified } from './notified';
import type { Operation } from './shapes';

/** Somebody to ask, who may go away in the middle of it. */
export type Asked = { services: Services; died: Promise<never> };
export type Asking = <T>(ask: (services: Services) => Promise<T>) => Promise<T | undefined>;

/** Asks until somebody answers, whoever goes away meanwhile; undefined when the answer is a refusal. */
export function askingOf(anybody: () => Asked): Asking {
  return async (ask) => {
    for (;;) {
      const { services, died } = anybody();
      const late = sleep(3000, undefined, { ref: false }).then(() => {
        throw new Error('no answer');
      });
      try {
        return await Promise.race([ask(services), died, late]);
      } catch (error) {
        if (isAppError(error) && !errorTable[error.code].retryable) return undefined;
        await sleep(20);
      }
    }
  };
}

type Options = {
  asking: Asking;
  actor: Actor;
  ledger: RunLedger;
  notified: Notified;
  random: () => number;
  isOver: () => boolean;
  /** Nobody will answer this run. */
  leave(runId: string): void;
  /** A run that began meanwhile. */
  join(runId: string): void;
};

/** What people do to runs a moment after they began, by the use cases behind the interface. */
export function createPeople({
  asking,
  actor,
  ledger,
  notified,
  random,
  isOver,
  leave,
  join,
}: Options) {
  const of = (id: string) => ({ params: { id }, query: {}, body: undefined });
  const at = <Body>(id: string, stepId: string, body: Body) => ({
    params: { id, stepId },
    query: {},
    body,
  });
  /** Does it when the run has come to this, unless it is over before. */
  const when = async (id: string, is: (state: RunState) => boolean, act: () => Promise<void>) => {
    while (!isOver()) {
      const state = await asking(({ engine }) => engine.load(id));
      if (state && is(state)) return act();
      if (state?.finishedAt !== undefined) return;
      await sleep(30);
    }
  };
  const waits = (stepId: string) => (state: RunState) => state.steps[stepId]?.status === 'waiting';
  const operations: Record<Operation, (id: string) => Promise<void>> = {
    async pause(id) {
      await asking((services) => pauseRun(services, actor, of(id)));
      await sleep(random() * 120);
      // Until it is over: a request that was given up may still pause it, once the one that got it wakes.
      for (let over = false; !over && !isOver(); await sleep(300)) {
        await asking((services) => letRunGoOn(services, actor, of(id)));
        const state = await asking(({ engine }) => engine.load(id));
        over = state?.finishedAt !== undefined;
      }
    },
    async cancel(id) {
      if (await asking((services) => cancelRun(services, actor, of(id)))) ledger.cancelled.add(id);
    },
    async answer(id) {
      // Every third one waits for ever.
      if (random() < 0.33) return leave(id);
      const answer = { decision: 'approved', comment: '', values: {} };
      await when(id, waits('person'), async () => {
        await asking((services) => answerStep(services, actor, at(id, 'person', { answer })));
        notified.answered.add(id);
      });
    },
    async release(id) {
      const body = { breakpoints: {}, stepping: true };
      await asking((services) => setDebug(services, actor, { ...of(id), body }));
      await when(id, waits('held'), async () => {
        await asking((services) => releaseStep(services, actor, at(id, 'held', {})));
      });
    },
    async event(id) {
      const event = { params: {}, query: {}, body: { channel: id, payload: 'went' } };
      await when(id, waits('event'), async () => {
        await asking((services) => sendEvent(services, actor, event));
      });
    },
    async fork(id) {
      const ended = (state: RunState) => state.finishedAt !== undefined;
      const body = { from: ['s2'], version: 'same' as const, settings: {} };
      await when(id, ended, async () => {
        const fork = await asking((services) => forkRun(services, actor, { ...of(id), body }));
        if (fork) join(fork.id);
      });
    },
  };
  return async (id: string, operation: Operation) => {
    await sleep(random() * 120);
    await operations[operation](id);
  };
}
