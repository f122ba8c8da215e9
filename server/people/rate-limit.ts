import { randomUUID } from 'node:crypto';
import type { Db } from './store';

/** Something that may be tried so often a minute. */
export type Limit = { key: string; most: number };
/** Tries that were taken, to be given back when they were no guesses. */
export type Turns = { ok: true; giveBack(): Promise<void> } | { ok: false; secondsLeft: number };

const windowMs = 60_000;

/**
 * Takes one try of each limit, before what it is needed for begins: however many ask at once, no more than `most` go on
 * within a minute. All or none are taken.
 */
export async function takeTurns(db: Db, limits: readonly Limit[]): Promise<Turns> {
  const taken: { key: string; start: bigint }[] = [];
  const giveBack = async () => {
    for (const { key, start } of taken.splice(0)) {
      await db.$executeRaw`update rate_limit set count = greatest(count - 1, 0)
        where key = ${key} and "lastRequest" = ${start}`;
    }
  };
  for (const { key, most } of limits) {
    const start = await take(db, key, most);
    if (start === undefined) {
      await giveBack();
      return { ok: false, secondsLeft: await secondsLeft(db, key) };
    }
    taken.push({ key, start });
  }
  return { ok: true, giveBack };
}

/** When the running minute began; undefined when it is used up. One statement: the row's lock is the turn. */
async function take(db: Db, key: string, most: number): Promise<bigint | undefined> {
  const now = Date.now();
  const over = now - windowMs;
  const rows = await db.$queryRaw<{ start: bigint }[]>`
    insert into rate_limit as r (id, key, count, "lastRequest")
    values (${randomUUID()}, ${key}, 1, ${now})
    on conflict (key) do update set
      count = case when r."lastRequest" <= ${over} then 1 else r.count + 1 end,
      "lastRequest" = case when r."lastRequest" <= ${over} then ${now} else r."lastRequest" end
    where r."lastRequest" <= ${over} or r.count < ${most}
    returning "lastRequest" as start`;
  return rows[0]?.start;
}

async function secondsLeft(db: Db, key: string): Promise<number> {
  const row = await db.rateLimit.findUnique({ where: { key } });
  const left = row ? Number(row.lastRequest) + windowMs - Date.now() : 0;
  return Math.max(1, Math.ceil(left / 1000));
}
