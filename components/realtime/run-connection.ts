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
    } else if (answer.error.code === 'not_found' || answer.error.code === 'forbidden') {
      set({ phase: 'refused', error: answer.error });
    } else later(join);
  };
  const fetchMissing = async () => {
    const state = view.get().state;
    if (fetching || over || !state) return;
    fetching = true;
    const answer = await wire.request('run.events', { runId, after: state.seq });
    fetching = false;
    if (over) return;
    if (!answer.ok) return later(join);
    set(followEvents(view.get(), answer.events).run);
    if (answer.more) await fetchMissing();
  };
  const stops = [
    wire.onStatus((connected) => {
      if (connected) void join();
      else if (view.get().phase === 'live') set({ phase: 'offline' });
    }),
    wire.on('run.events', (message) => {
      if (message.runId !== runId) return;
      if (!message.events) {
        if (message.seq > (view.get().state?.seq ?? 0)) void fetchMissing();
        return;
      }
      const { run, missing } = followEvents(view.get(), message.events);
      if (missing) void fetchMissing();
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
