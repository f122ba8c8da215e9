import { createObservable, type Observable } from '@/components/observable/observable';
import type { RefusalCode } from '@/lib/realtime/messages';
import {
  type FollowedRun,
  followBelow,
  followEvents,
  followState,
  followStream,
  nothingFollowed,
} from './run-state';
import type { Wire } from './wire';

export type RunView = FollowedRun & {
  readonly phase: 'loading' | 'live' | 'offline' | 'refused';
  readonly error: { code: RefusalCode; message: string } | undefined;
};
export const loadingRun: RunView = { ...nothingFollowed, phase: 'loading', error: undefined };

const retryMs = 1_000;

/** Follows one run over the tab's wire, without gaps: what the socket missed is fetched by number. */
export function followRun(wire: Wire, runId: string): { view: Observable<RunView>; stop(): void } {
  const view = createObservable<RunView>(loadingRun);
  const set = (change: Partial<RunView>) => view.set({ ...view.get(), ...change });
  let over = false;
  let fetching = false;
  /** Number of the newest event that was heard of: also of those that came while the state was still on its way. */
  let heard = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const later = (action: () => Promise<void>) => {
    clearTimeout(timer);
    timer = setTimeout(() => void action(), retryMs);
  };
  const join = async () => {
    if (over || !wire.connected()) return;
    const answer = await wire.request('run.join', { runId });
    if (over) return;
    if (answer.ok) {
      set({ ...followState(view.get(), answer.state), phase: 'live', error: undefined });
      void catchUp();
    } else if (answer.error.code === 'not_found' || answer.error.code === 'forbidden') {
      set({ phase: 'refused', error: answer.error });
    } else later(join);
  };
  /** Fetches until all that was heard of is here. The last event of a run has none after it that would show the gap. */
  const catchUp = async () => {
    if (fetching) return;
    fetching = true;
    for (let state = view.get().state; !over && state && state.seq < heard; ) {
      const before = state.seq;
      const answer = await wire.request('run.events', { runId, after: before });
      if (over) break;
      if (answer.ok) set(followEvents(view.get(), answer.events).run);
      state = view.get().state;
      if (!answer.ok || state?.seq === before) {
        // Whoever told of it does not have it: the state as it is there counts.
        heard = before;
        later(join);
      }
    }
    fetching = false;
  };
  const stops = [
    wire.onStatus((connected) => {
      if (connected) void join();
      else if (view.get().phase === 'live') set({ phase: 'offline' });
    }),
    wire.on('run.events', (message) => {
      if (message.runId !== runId) return;
      if (!message.events) {
        heard = Math.max(heard, message.seq);
        return void catchUp();
      }
      heard = Math.max(heard, message.events.at(-1)?.seq ?? 0);
      const { run, missing } = followEvents(view.get(), message.events);
      if (missing) void catchUp();
      else set(run);
    }),
    wire.on('run.below', (message) => {
      if (message.runId === runId) set(followBelow(view.get(), message));
    }),
    wire.on('run.stream', (message) => {
      if (message.runId !== runId) return;
      const { run, missing } = followStream(view.get(), message);
      if (missing) later(join);
      else set(run);
    }),
  ];
  void join();
  return {
    view,
    stop() {
      over = true;
      clearTimeout(timer);
      for (const stop of stops) stop();
      if (wire.connected()) void wire.request('run.leave', { runId });
    },
  };
}
