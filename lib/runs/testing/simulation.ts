import { decide } from '@/lib/runs/engine/decide';
import { evolveAll } from '@/lib/runs/engine/evolve';
import { isEnded, planStep, readySteps } from '@/lib/runs/engine/readiness';
import { wakeAt } from '@/lib/runs/engine/wake-at';
import { initialState } from '../plan';
import type { Plan, RunCommand, RunEvent, RunState, StepOutcome } from '../schema';
import { chanceOf } from './chance';
import { outcomeOf } from './outcomes';

/** Something that goes wrong at a moment, in milliseconds of the simulated time. */
export type Fault = {
  at: number;
  kind: 'stop' | 'pause' | 'clock' | 'cut';
  worker: number;
  ms: number;
};
/** Something that a person does at a moment. */
export type Deed = { at: number; kind: 'cancel' | 'pause' | 'continue' | 'answer'; run: number };
/** All that decides a simulation: the same schedule gives the same events. */
export type Schedule = { seed: number; plans: Plan[]; faults: Fault[]; deeds: Deed[] };
/** A promise that the simulated build breaks on purpose. */
export type Broken = 'fencing' | 'sweeper' | 'acknowledge';

export type Row = {
  first: RunState;
  state: RunState;
  journal: RunEvent[];
  wake: number | null;
};
/** What happened, kept apart from the rows: what the oracle compares them with. */
export type Ledger = {
  /** Work that began, as `run/step/attempt`; each is in the list as often as it began. */
  effects: string[];
  /** Results that the store said it had. */
  acknowledged: { run: number; stepId: string; attempt: number }[];
};
export type Simulated = { rows: Row[]; ledger: Ledger; ended: boolean };

type Leased = { run: number; stepId: string; attempt: number };
type Worker = {
  place: number;
  id: string;
  dead: boolean;
  pausedUntil: number;
  cutUntil: number;
  /** The last renewal that it knows to have reached the store. */
  renewed: number;
  /** How far the store's clock is ahead of the time, as it learned last. */
  offset: number;
  cache: Map<number, RunState>;
  active: Map<string, Leased>;
};
type Happening = { at: number; order: number; worker: Worker | undefined; act: () => void };
type WithoutTime<C> = C extends RunCommand ? Omit<C, 'now' | 'random'> : never;
type Command = WithoutTime<RunCommand>;
type Then = (events: RunEvent[]) => void;

const workerCount = 3;
const leaseMs = 50;
const beatMs = 10;
const sweepMs = 15;
const faultsUntil = 500;
/** Long after the last fault everything must have come to its end. */
const patienceMs = 6_000;
const capacity = 3;
const keyOf = ({ run, stepId, attempt }: Leased) => `${run}/${stepId}/${attempt}`;

/**
 * Plays runs through a model of the system: workers that claim, work and settle through the real `decide` and `evolve`,
 * rows guarded by a sequence number, leases, a sweeper, and a queue that loses, doubles and delays. Workers are stopped
 * in the middle of anything, paused past their lease, and cut off; the store's clock jumps.
 */
export function simulate(schedule: Schedule, broken?: Broken): Simulated {
  return new Simulation(schedule, broken).play();
}

class Simulation {
  readonly #seed: number;
  readonly #broken: Broken | undefined;
  readonly #chance: () => number;
  readonly #rows: Row[];
  readonly #ledger: Ledger = { effects: [], acknowledged: [] };
  readonly #leases = new Map<string, number>();
  readonly #workers: Worker[] = [];
  readonly #happenings: Happening[] = [];
  #time = 0;
  #order = 0;
  /** How far the store's clock is ahead of the time. */
  #jump = 0;

  constructor({ seed, plans, faults, deeds }: Schedule, broken: Broken | undefined) {
    this.#seed = seed;
    this.#broken = broken;
    this.#chance = chanceOf(seed);
    this.#rows = plans.map((plan) => {
      const first = initialState(plan, { mode: 'live', input: null, now: 0 });
      const journal = decide(first, { type: 'start', now: 0 });
      const state = evolveAll(first, journal);
      return { first, state, journal, wake: wakeAt(state) };
    });
    for (let place = 0; place < workerCount; place += 1) this.#begin(place, 0);
    for (const run of this.#rows.keys()) this.#enqueue(run);
    for (const fault of faults) this.#later(undefined, fault.at, () => this.#fail(fault));
    for (const deed of deeds) this.#later(undefined, deed.at, () => this.#act(deed));
    this.#later(undefined, faultsUntil + 100, () => this.#heal());
  }

  play(): Simulated {
    const open = () => this.#rows.some(({ state }) => !isEnded(state.status));
    while (open() && this.#time < patienceMs) {
      const next = this.#takeEarliest();
      if (!next) break;
      this.#time = Math.max(this.#time, next.at);
      const { worker } = next;
      if (worker?.dead) continue;
      // A paused process does nothing; what it would have done comes when it goes on.
      if (worker && worker.pausedUntil > this.#time) {
        this.#happenings.push({ ...next, at: worker.pausedUntil });
      } else next.act();
    }
    return { rows: this.#rows, ledger: this.#ledger, ended: !open() };
  }

  #takeEarliest(): Happening | undefined {
    let found: Happening | undefined;
    for (const one of this.#happenings) {
      if (!found || one.at < found.at || (one.at === found.at && one.order < found.order))
        found = one;
    }
    if (found) this.#happenings.splice(this.#happenings.indexOf(found), 1);
    return found;
  }

  #later(worker: Worker | undefined, ms: number, act: () => void): void {
    this.#order += 1;
    this.#happenings.push({ at: this.#time + ms, order: this.#order, worker, act });
  }

  #upTo(most: number): number {
    return Math.floor(this.#chance() * (most + 1));
  }

  /** Decides on what is known, commits after a while if the row has not moved on, and then says what came of it. */
  #dispatch(worker: Worker | undefined, run: number, command: Command, then: Then): void {
    const row = this.#rows[run];
    if (!row) return;
    const known = worker?.cache.get(run);
    const before = known ?? row.state;
    const now = Math.round(this.#time + (worker?.offset ?? this.#jump));
    const events = decide(before, { ...command, now, random: this.#chance() } as RunCommand);
    if (events.length === 0) {
      // Perhaps others have moved the run on: only the rows can say that there is nothing to do.
      worker?.cache.delete(run);
      if (known) this.#dispatch(worker, run, command, then);
      else then([]);
      return;
    }
    const after = evolveAll(before, events);
    const early = this.#broken === 'acknowledge';
    if (early) then(events);
    // The statement travels by itself: whether its sender lives on changes nothing about it.
    this.#later(undefined, this.#upTo(4), () => {
      if (early && worker?.dead) return;
      const fits = this.#store(row, before, events, after);
      this.#tell(run, fits ? events : []);
      this.#later(worker, this.#upTo(4), () => {
        if (!fits) {
          worker?.cache.delete(run);
          this.#dispatch(worker, run, command, then);
          return;
        }
        worker?.cache.set(run, after);
        if (worker && readySteps(after, 1).length > 0) this.#enqueue(run);
        if (!early) then(events);
      });
    });
  }

  /** The guarded write: whether the row was still as its writer knew it. */
  #store(row: Row, before: RunState, events: RunEvent[], after: RunState): boolean {
    if (row.state.seq !== before.seq && this.#broken !== 'fencing') return false;
    row.journal = [...row.journal, ...events];
    row.state = after;
    row.wake = wakeAt(after);
    return true;
  }

  /** The queue: it loses one job of ten, doubles another, and delays some. */
  #enqueue(run: number): void {
    const fate = this.#chance();
    for (let copies = fate < 0.1 ? 0 : fate < 0.2 ? 2 : 1; copies > 0; copies -= 1) {
      const worker = this.#workers[this.#upTo(workerCount - 1)];
      const delay = this.#chance() < 0.2 ? this.#upTo(80) : this.#upTo(6);
      if (worker) this.#later(worker, delay, () => this.#visit(worker, run));
    }
  }

  /** Workers hear of events now and then. */
  #tell(run: number, events: readonly RunEvent[]): void {
    for (const worker of this.#workers) {
      if (this.#chance() < 0.3) continue;
      this.#later(worker, this.#upTo(5), () => {
        for (const event of events) heed(worker, run, event);
      });
    }
  }

  #holdsLease(worker: Worker): boolean {
    return this.#time - worker.renewed <= leaseMs;
  }

  #visit(worker: Worker, run: number): void {
    const limit = this.#holdsLease(worker) ? capacity - worker.active.size : 0;
    if (limit <= 0) return;
    const command = { type: 'claim', worker: worker.id, limit } as const;
    this.#dispatch(worker, run, command, (events) => this.#takeUp(worker, run, events));
  }

  #takeUp(worker: Worker, run: number, events: readonly RunEvent[]): void {
    for (const event of events) {
      if (event.type !== 'StepStarted' || event.worker !== worker.id) continue;
      const { stepId, attempt } = event;
      const plan = this.#rows[run]?.first.plan;
      const step = plan && planStep(plan, stepId);
      if (!step) continue;
      const leased = { run, stepId, attempt };
      worker.active.set(keyOf(leased), leased);
      this.#ledger.effects.push(keyOf(leased));
      const outcome = outcomeOf(this.#seed, run, step, attempt, this.#time + this.#jump);
      this.#later(worker, 1 + this.#upTo(30), () => this.#finish(worker, leased, outcome));
    }
  }

  #finish(worker: Worker, leased: Leased, outcome: StepOutcome): void {
    if (!worker.active.has(keyOf(leased))) return;
    const { run, stepId, attempt } = leased;
    const by = { worker: worker.id, stepId, attempt };
    if (!this.#holdsLease(worker)) {
      worker.active.delete(keyOf(leased));
      this.#dispatch(worker, run, { type: 'lose', ...by }, () => undefined);
      return;
    }
    const limit = capacity - worker.active.size + 1;
    this.#dispatch(worker, run, { type: 'settle', ...by, outcome, limit }, (events) => {
      worker.active.delete(keyOf(leased));
      if (events.length > 0) this.#ledger.acknowledged.push(leased);
      this.#takeUp(worker, run, events);
    });
  }

  #begin(place: number, life: number): void {
    const worker: Worker = {
      place,
      id: `w${place}.${life}`,
      dead: false,
      pausedUntil: 0,
      cutUntil: 0,
      renewed: this.#time,
      offset: this.#jump,
      cache: new Map(),
      active: new Map(),
    };
    this.#workers[place] = worker;
    this.#beat(worker);
    this.#sweep(worker);
  }

  #beat(worker: Worker): void {
    this.#later(worker, beatMs, () => this.#beat(worker));
    if (this.#time < worker.cutUntil) return;
    this.#leases.set(worker.id, this.#time + this.#jump + leaseMs);
    worker.renewed = this.#time;
    worker.offset = this.#jump;
    for (const [key, { run, stepId, attempt }] of worker.active) {
      const step = this.#rows[run]?.state.steps[stepId];
      // What the rows give to somebody else by now it gives up.
      if (step && step.attempt > attempt) worker.active.delete(key);
    }
  }

  #sweep(worker: Worker): void {
    this.#later(worker, sweepMs, () => this.#sweep(worker));
    if (this.#broken === 'sweeper' || this.#time < worker.cutUntil) return;
    const now = this.#time + this.#jump;
    for (const [run, { state, wake }] of this.#rows.entries()) {
      if (isEnded(state.status)) continue;
      for (const { stepId, attempt, holder } of heldIn(state)) {
        const known = worker.active.has(keyOf({ run, stepId, attempt }));
        const stray = holder === worker.id && !known && this.#chance() < 0.2;
        if ((this.#leases.get(holder) ?? 0) > now && !stray) continue;
        const command = { type: 'lose', worker: holder, stepId, attempt } as const;
        this.#dispatch(worker, run, command, () => this.#visit(worker, run));
      }
      if (wake !== null && wake <= now) this.#visit(worker, run);
    }
  }

  #fail({ kind, worker: place, ms }: Fault): void {
    const worker = this.#workers[place % workerCount];
    if (!worker) return;
    if (kind === 'stop') {
      worker.dead = true;
      this.#later(undefined, ms, () => this.#begin(worker.place, this.#order));
    } else if (kind === 'pause') worker.pausedUntil = this.#time + ms;
    else if (kind === 'cut') worker.cutUntil = this.#time + ms;
    // As often back as forth.
    else this.#jump += ms - 75;
  }

  #act({ kind, run: drawn }: Pick<Deed, 'kind' | 'run'>): void {
    const run = drawn % this.#rows.length;
    if (kind === 'answer') this.#answer(run);
    else this.#dispatch(undefined, run, { type: kind, by: 'Ada' }, () => this.#enqueue(run));
  }

  #answer(run: number): void {
    const steps = Object.entries(this.#rows[run]?.state.steps ?? {});
    for (const [stepId, { status, attempt, wait }] of steps) {
      if (status !== 'waiting') continue;
      const again = wait?.memo === 'again';
      const end = again ? ({ ok: 'again' } as const) : ({ ok: true, output: 'answer' } as const);
      const command = { type: 'resume', stepId, attempt, end } as const;
      this.#dispatch(undefined, run, command, () => this.#enqueue(run));
    }
  }

  /** Once nothing goes wrong any more, people let go on what they paused, and answer. */
  #heal(): void {
    for (const [run, { state }] of this.#rows.entries()) {
      if (isEnded(state.status)) continue;
      if (state.pausedBy !== undefined) this.#act({ kind: 'continue', run });
      this.#answer(run);
    }
    this.#later(undefined, 200, () => this.#heal());
  }
}

/** A worker lets go of what others have ended. */
function heed(worker: Worker, run: number, event: RunEvent): void {
  const ends = event.type === 'RunFailed' || event.type === 'RunCancelled';
  for (const [key, leased] of worker.active) {
    const named =
      (event.type === 'StepCancelled' || event.type === 'StepLost') &&
      keyOf({ run, ...event }) === key;
    if (leased.run === run && (ends || named)) worker.active.delete(key);
  }
}

/** The attempts that a row gives to workers. */
function heldIn(state: RunState): { stepId: string; attempt: number; holder: string }[] {
  return Object.entries(state.steps).flatMap(([stepId, { status, attempt, worker }]) =>
    status === 'running' && worker !== undefined ? [{ stepId, attempt, holder: worker }] : [],
  );
}
