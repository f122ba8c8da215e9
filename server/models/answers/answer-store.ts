import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { z } from 'zod';
import type { ProviderId } from '@/lib/models/schema';
import type { ModelAnswer } from '@/lib/nodes/node-type/define-node';

/** What of an answer is given again. */
export type Kept = Pick<ModelAnswer, 'text' | 'parts' | 'toolCalls' | 'finish' | 'value'>;

/** Where an answer is kept: for whom, and the hash of all that was sent. */
export type AnswerPlace = {
  workspaceId: string;
  principal: string;
  key: string;
  provider: ProviderId;
  model: string;
  /** The run that asks now. */
  runId: string;
  /** An older answer is none. */
  forMs: number;
};

/** The right to ask. One of its two ends has to be called; neither rejects. */
export type Claim = {
  keep(answer: Kept, callId: string | undefined): Promise<void>;
  drop(): Promise<void>;
};

export type Found =
  | { known: true; answer: Kept; callId: string | undefined; ageMs: number }
  | { known: false; claim: Claim };

export type Answers = {
  /**
   * The answer that is kept at a place, or the right to ask for it. Of all that look at once, in any process, one may
   * ask; the others wait for what it gets, and when it gets nothing, one of them asks. Throws the signal's reason.
   */
  find(place: AnswerPlace, signal: AbortSignal): Promise<Found>;
};

/** Who asks has the right for so long, and renews it meanwhile; without that it ends by itself. */
const claimMs = 30_000;
const renewMs = 10_000;
const lookMs = 100;
/** Characters that one answer may have to be kept. */
const maxCharacters = 1_000_000;

/** Answers in Postgres, shared by all processes. `lease`: for tests, how long a right to ask lasts. */
export function createAnswers(parts: {
  pool: Pool;
  log: Readonly<{ error: (details: object, message: string) => void }>;
  claimMs?: number;
}): Answers {
  const { pool } = parts;
  const lease = parts.claimMs ?? claimMs;
  return {
    async find(place, signal) {
      for (;;) {
        signal.throwIfAborted();
        const known = await read(pool, place);
        if (known !== 'asked' && known !== undefined) return known;
        const holder = known === undefined ? await claim(pool, place, lease) : undefined;
        if (holder !== undefined)
          return { known: false, claim: claimed(parts, place, holder, lease) };
        await sleep(lookMs, undefined, { signal });
      }
    },
  };
}

const rowSchema = z.object({
  kept: z.custom<Kept>((value) => typeof value === 'object' && value !== null).nullable(),
  call_id: z.string().nullable(),
  fresh: z.boolean(),
  asked: z.boolean(),
  age: z.number(),
});

/** `asked`: somebody asks for it at this moment. */
async function read(
  pool: Pool,
  { workspaceId, principal, key, forMs }: AnswerPlace,
): Promise<Extract<Found, { known: true }> | 'asked' | undefined> {
  const { rows } = await pool.query(
    `select answer as kept, call_id, extract(epoch from clock_timestamp() - created_at)::float8 * 1000 as age,
       answer is null and until_at > clock_timestamp() as asked,
       expires_at > clock_timestamp()
         and created_at > clock_timestamp() - $4 * interval '1 millisecond' as fresh
     from model_answer where workspace_id = $1 and principal = $2 and key = $3`,
    [workspaceId, principal, key, forMs],
  );
  if (rows[0] === undefined) return undefined;
  const { kept, call_id: callId, age, fresh, asked } = rowSchema.parse(rows[0]);
  if (asked) return 'asked';
  if (kept === null || !fresh) return undefined;
  return { known: true, answer: kept, callId: callId ?? undefined, ageMs: Math.max(0, age) };
}

/** Takes the right to ask, unless somebody has it or has just been answered. */
async function claim(pool: Pool, place: AnswerPlace, lease: number): Promise<string | undefined> {
  const { workspaceId, principal, key, provider, model, runId, forMs } = place;
  const { rows } = await pool.query<{ holder: string }>(
    `insert into model_answer as a
       (workspace_id, principal, key, provider, model, run_id, holder, until_at, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, clock_timestamp() + $8 * interval '1 millisecond', clock_timestamp(),
       clock_timestamp() + $8 * interval '1 millisecond')
     on conflict (workspace_id, principal, key) do update set holder = excluded.holder, run_id = excluded.run_id,
       until_at = excluded.until_at, answer = null, call_id = null, created_at = excluded.created_at,
       expires_at = excluded.expires_at
     where case when a.answer is null then a.until_at <= clock_timestamp()
       else a.expires_at <= clock_timestamp()
         or a.created_at <= clock_timestamp() - $9 * interval '1 millisecond' end
     returning holder`,
    [workspaceId, principal, key, provider, model, runId, randomUUID(), lease, forMs],
  );
  return rows[0]?.holder;
}

function claimed(
  { pool, log }: Parameters<typeof createAnswers>[0],
  { workspaceId, principal, key, provider, model, forMs }: AnswerPlace,
  holder: string,
  lease: number,
): Claim {
  const mine = [workspaceId, principal, key, holder];
  const where = `workspace_id = $1 and principal = $2 and key = $3 and holder = $4 and answer is null`;
  const failed = (error: unknown) =>
    log.error({ err: error, provider, model }, 'an answer of a model could not be kept');
  const renew = () =>
    pool.query(
      `update model_answer set until_at = clock_timestamp() + $5 * interval '1 millisecond',
         expires_at = clock_timestamp() + $5 * interval '1 millisecond' where ${where}`,
      [...mine, lease],
    );
  const beat = setInterval(() => void renew().catch(failed), Math.min(renewMs, lease / 3)).unref();
  const drop = () =>
    pool.query(`delete from model_answer where ${where}`, mine).then(() => undefined, failed);
  return {
    async keep(answer, callId) {
      clearInterval(beat);
      const text = JSON.stringify(answer);
      if (text.length > maxCharacters) return drop();
      await pool
        .query(
          `update model_answer set answer = $5, call_id = $6, until_at = null, created_at = clock_timestamp(),
             expires_at = clock_timestamp() + $7 * interval '1 millisecond' where ${where}`,
          [...mine, text, callId ?? null, forMs],
        )
        .catch(failed);
    },
    async drop() {
      clearInterval(beat);
      await drop();
    },
  };
}

/** Forgets answers of a workspace: of one provider, or all. What is being asked for just now is not kept, either. */
export async function clearAnswers(
  pool: Pool,
  workspaceId: string,
  provider?: ProviderId,
): Promise<number> {
  const { rows } = await pool.query<{ cleared: number }>(
    `with gone as (
       delete from model_answer where workspace_id = $1 and ($2::text is null or provider = $2)
       returning answer is not null as answered
     ) select count(*) filter (where answered)::int as cleared from gone`,
    [workspaceId, provider ?? null],
  );
  return rows[0]?.cleared ?? 0;
}

/** Answers of a workspace that could be given again. */
export async function countAnswers(pool: Pool, workspaceId: string): Promise<number> {
  const { rows } = await pool.query<{ kept: number }>(
    `select count(*)::int as kept from model_answer
     where workspace_id = $1 and answer is not null and expires_at > now()`,
    [workspaceId],
  );
  return rows[0]?.kept ?? 0;
}
