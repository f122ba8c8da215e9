export const agentStatuses = [
  ...['idle', 'busy', 'overloaded', 'error', 'maintenance', 'starting', 'stopping', 'offline'],
] as const;
export type AgentStatus = (typeof agentStatuses)[number];

/** What is known of an agent at a moment, all by the database's clock. */
export type Facts = {
  now: number;
  /** Worker processes with a lease, by what they are doing. */
  workers: { ready: number; starting: number; stopping: number };
  /** Why somebody took it out of service; undefined while it is in service. */
  maintenance: string | undefined;
  /** Its tasks under way, those of them that wait for a person, and messages that wait for it. */
  running: number;
  asking: number;
  queued: number;
  /** How many tasks it may have at once. */
  capacity: number;
  /** Of its last three tasks that are over, those that failed. */
  failed: number;
  over: number;
};

export type State = {
  /** Counts its changes of status. */
  number: number;
  status: AgentStatus;
  cause: string;
  since: number;
} & Marks;

/** Since when it has had all the work that it may have, and more waits; clearly less; and only workers that start. */
export type Marks = {
  fullSince: number | undefined;
  calmSince: number | undefined;
  startingSince: number | undefined;
};

/** A full agent is overloaded after this time, and no longer once it has had clearly less for the second. */
const overloadedAfterMs = 10_000;
const calmAfterMs = 15_000;
const calmShare = 0.8;
/** A process that starts or stops for longer than this is not counted on. */
const startingMs = 60_000;
const stoppingMs = 30_000;

/**
 * How an agent stands after these facts. Nobody writes a status: it follows from what is so, and from how long it has been.
 * The state before is the same object where nothing changed that is kept.
 */
export function next(before: State | undefined, facts: Facts): State {
  const marks = {
    fullSince: sinceWhen(full(facts), before?.fullSince, facts),
    calmSince: sinceWhen(facts.running <= calmShare * facts.capacity, before?.calmSince, facts),
    startingSince: sinceWhen(onlyStarting(facts), before?.startingSince, facts),
  };
  const { status, cause } = judge(before, facts, marks);
  if (before?.status !== status) {
    return { number: (before?.number ?? 0) + 1, status, cause, since: facts.now, ...marks };
  }
  const same = marksOf.every((name) => before[name] === marks[name]);
  return same ? before : { ...before, ...marks };
}

const marksOf = ['fullSince', 'calmSince', 'startingSince'] as const;
const sinceWhen = (is: boolean, before: number | undefined, { now }: Facts) =>
  is ? (before ?? now) : undefined;
const onlyStarting = ({ workers }: Facts) => workers.ready === 0 && workers.starting > 0;
const full = ({ running, capacity, queued }: Facts) => running >= capacity && queued > 0;

/** The status with its cause as it is now; the cause that is kept is that of the change. */
export function judge(
  before: State | undefined,
  facts: Facts,
  { fullSince, calmSince, startingSince }: Marks,
): { status: AgentStatus; cause: string } {
  const { now, workers, maintenance, running, asking, queued, capacity, failed, over } = facts;
  if (startingSince !== undefined) {
    return now - startingSince > startingMs
      ? { status: 'error', cause: 'No worker has become ready for a minute.' }
      : { status: 'starting', cause: 'A worker is starting.' };
  }
  if (workers.ready === 0 && workers.stopping > 0 && before?.status !== 'offline') {
    if (before?.status !== 'stopping' || now - before.since <= stoppingMs) {
      return { status: 'stopping', cause: 'The last worker finishes what it has, and stops.' };
    }
  }
  if (workers.ready === 0) {
    return { status: 'offline', cause: 'No worker is running: nothing starts.' };
  }
  if (maintenance !== undefined) return { status: 'maintenance', cause: maintenance };
  if (over >= 2 && failed === over) {
    return { status: 'error', cause: `Its last ${failed} tasks failed.` };
  }
  const waits = queued > 0 ? `, and ${messages(queued)}` : '';
  const wasOver = before?.status === 'overloaded';
  const stays = wasOver && (calmSince === undefined || now - calmSince < calmAfterMs);
  const becomes = fullSince !== undefined && now - fullSince >= overloadedAfterMs;
  if (stays || becomes) {
    return {
      status: 'overloaded',
      cause: `It works on ${running} of ${tasks(capacity)} that it may have at once${waits}.`,
    };
  }
  if (running === 0) return { status: 'idle', cause: 'Ready for a task.' };
  if (asking > 0 && asking === running) {
    return {
      status: 'busy',
      cause: `${tasks(asking)} ${asking === 1 ? 'waits' : 'wait'} for a person.`,
    };
  }
  return { status: 'busy', cause: `${tasks(running)} under way.` };
}

const tasks = (count: number) => `${count} ${count === 1 ? 'task' : 'tasks'}`;
const messages = (count: number) => `${count} ${count === 1 ? 'message waits' : 'messages wait'}`;
