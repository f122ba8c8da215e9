import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Actor } from '@/lib/people/schema';
import { faceSql, type RunLedger } from '@/server/runs/testing/journals';
import { createOutside, type Triggers } from './fault-triggers';
import type { Notified } from './notified';
import { type Asked, askingOf, createPeople } from './people';
import { shapes } from './shapes';

type Options = {
  pool: Pool;
  actor: Actor;
  /** A published workflow for people to be told of. */
  workflowId: string;
  triggers: Triggers;
  ledger: RunLedger;
  notified: Notified;
  random: () => number;
  anybody(): Asked;
  /** Runs under way at once. */
  width: number;
};

/** Keeps runs of all shapes under way, writes down what is acknowledged, and looks at their ends. */
export function createLoad(options: Options) {
  const { pool, actor, workflowId, ledger, notified, random, width } = options;
  /** Runs that are not known to be over. */
  const open = new Set<string>();
  const background = new Set<Promise<void>>();
  let stopped = false;
  let over = false;

  const asking = askingOf(options.anybody);
  const leave = (id: string) => void open.delete(id);
  const join = (id: string) => {
    ledger.started.add(id);
    open.add(id);
  };
  const isOver = () => over;
  const act = createPeople({ asking, actor, ledger, notified, random, isOver, leave, join });
  const outside = createOutside({ pool, asking, notified, random }, options.triggers);
  const begin = async () => {
    const chance = random();
    if (chance < 0.06) return outside.schedule();
    if (chance < 0.12) {
      const run = await outside.hook();
      if (run !== undefined) join(run);
      return;
    }
    const shape = shapes[Math.floor(random() * shapes.length)];
    if (shape === undefined) return;
    const { name, plan, operation } = shape;
    const id = randomUUID();
    open.add(id);
    const { workspaceId } = actor;
    const run = { id, workspaceId, workflowId, name, plan, definitionHash: 'x', input: null };
    const start = () =>
      asking(({ engine }) => engine.start({ ...run, mode: 'live', trigger: 'api' }));
    await start();
    ledger.started.add(id);
    // Some ask again, as those do who got no answer.
    if (random() < 0.2) await start();
    if (operation) await act(id, operation);
  };
  const look = async () => {
    const { rows } = await pool.query<{ id: string; face: string }>(
      `select id, ${faceSql} as face from run where finished_at is not null and id = any($1)`,
      [[...open]],
    );
    for (const { id, face } of rows) {
      ledger.finished.set(id, face);
      open.delete(id);
    }
  };
  const spawn = (work: Promise<void>) => {
    const kept = work.finally(() => background.delete(kept));
    background.add(kept);
  };
  const looking = (async () => {
    while (!stopped) {
      await look().catch(() => undefined);
      while (open.size < width && background.size < width && !stopped) spawn(begin());
      await sleep(40);
    }
  })();
  return {
    /** No new ones; resolves when those under way are over, or in the end with those that are not. */
    async settle(withinMs: number): Promise<string[]> {
      stopped = true;
      await looking;
      const until = Date.now() + withinMs;
      while ((open.size > 0 || background.size > 0) && Date.now() < until) {
        await look();
        await sleep(50);
      }
      over = true;
      return [...open];
    },
  };
}
