import type { Pool } from 'pg';
import type { Bus } from '@/server/bus/bus';
import type { RunQueue } from '@/server/queue/run-queue';
import type { RunStep } from '@/server/runs/worker/task';

/**
 * A process changes the world by its statements, its messages and its steps' work alone, so that the moments before and
 * after each of them are all the moments at which its end makes a difference. The ports are wrapped: the product has no
 * switch for this, and a new statement that is not named here fails the test.
 */
const statements = {
  'commit-one': /^\s*with moved as \(\s*update run r set seq = \$3/,
  'commit-many': /^\s*with given as/,
  reread: /^\s*select count\(\*\)::int as same/,
  'begin-children': /^\s*with now as materialized/,
  insert: /^\s*with (recursive )?r as \(\s*insert into run /,
  existing: /^\s*select id, request_hash/,
  read: /^\s*select r\.workspace_id, r\.definition/,
  seq: /^\s*select seq from run/,
  children: /^\s*select p\.seq, coalesce\(/,
  earlier: /^\s*select distinct on \(c\.parent_index\)/,
  live: /^\s*select c\.id from run c where c\.parent_run_id/,
  usage: /^\s*select coalesce\(sum\(input_tokens/,
  facts: /^\s*with recursive above as/,
  outcomes: /^\s*select (id, )?parent_index as index/,
  outbox: /^\s*update run set wake_at = null/,
  beat: /^\s*with beat as/,
  sweep: /^\s*with turn as/,
  forget: /^\s*delete from worker where lease_until/,
  // What people and programs ask for.
  'find-run': /^\s*select r\.id, r\.workflow_id, r\.name/,
  below: /^\s*with recursive below as/,
  'event-claims': /^\s*select event_id as "eventId"/,
  'event-channels': /^\s*select distinct s\.workspace_id as "workspaceId", s\.channel/,
  'step-text': /^\s*delete from step_text/,
  event: /^\s*select workspace_id as "workspaceId", channel, payload/,
  asked: /^\s*insert into notification/,
  answered: /^\s*update notification set read_at/,
  // Triggers.
  version: /^\s*select w\.name, w\.deleted_at is not null as trashed, v\.number/,
  'due-schedules': /^\s*select t\.id, [^;]* t\.next_at as/,
  'move-on': /^\s*with moved as \(\s*update trigger/,
  hook: /^\s*select t\.id, t\.workspace_id as "workspaceId", t\.workflow_id/,
  turn: /^\s*update trigger set free_at/,
  delivery: /^\s*with noted as/,
  'forget-deliveries': /^\s*delete from trigger_delivery/,
  result: /^\s*select status, output, error, finished_at is not null/,
} as const;
/** Nothing depends on them. */
const uncounted = /^\s*(select clock_timestamp\(\) as now|delete from worker where id)/;
const others = ['enqueue', 'publish', 'work'] as const;

export const failpoints = [...Object.keys(statements), ...others].flatMap((name) => [
  `${name}.before`,
  `${name}.after`,
]);

/** What stands at every failpoint of a process. */
export type Gate = {
  /** Awaited at a place; whatever is to go wrong there does. */
  pass(point: string): Promise<void>;
  /** The same where nothing can wait: whether to go on. */
  passNow(point: string): boolean;
  /** A statement that has no name here. */
  unknown(text: string): void;
};

export type Pools = { pool: Pool; healthPool: Pool };
type Ports = Pools & { bus: Bus; queue: RunQueue };

/** The same ports with a gate before and after everything that goes out. */
export function gated({ pool, healthPool, bus, queue }: Ports, gate: Gate): Ports {
  return {
    pool: gatedPool(pool, gate),
    healthPool: gatedPool(healthPool, gate),
    bus: {
      ...bus,
      publish(topic, message) {
        if (!gate.passNow('publish.before')) return;
        bus.publish(topic, message);
        gate.passNow('publish.after');
      },
    },
    queue: {
      ...queue,
      async enqueue(wakeUps, delayMs) {
        // Enqueueing never rejects.
        await (async () => {
          await gate.pass('enqueue.before');
          await queue.enqueue(wakeUps, delayMs);
          await gate.pass('enqueue.after');
        })().catch(() => undefined);
      },
    },
  };
}

/** A step's work with a gate before and after it. */
export function gatedWork(work: RunStep, gate: Gate): RunStep {
  return async (task) => {
    await gate.pass('work.before');
    const outcome = await work(task);
    await gate.pass('work.after');
    return outcome;
  };
}

export type Query = (...given: unknown[]) => Promise<unknown>;

function gatedPool(pool: Pool, gate: Gate): Pool {
  return withQuery(pool, (query) => async (...given) => {
    const name = nameOf(textOf(given[0]), gate);
    if (name === undefined) return query(...given);
    await gate.pass(`${name}.before`);
    const result = await query(...given);
    await gate.pass(`${name}.after`);
    return result;
  });
}

/** A pool whose statements go another way. */
export function withQuery(pool: Pool, change: (query: Query) => Query): Pool {
  const changed = change(pool.query.bind(pool) as unknown as Query);
  return new Proxy(pool, {
    get(target, key) {
      if (key === 'query') return changed;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** A statement's text, however it was given. */
export function textOf(given: unknown): string {
  if (typeof given === 'string') return given;
  return (given as { text: string }).text;
}

function nameOf(text: string, gate: Gate): string | undefined {
  for (const [name, begins] of Object.entries(statements)) if (begins.test(text)) return name;
  if (!uncounted.test(text)) gate.unknown(text.trim().slice(0, 80));
  return undefined;
}
