import type { Pool } from 'pg';
import { cleanText } from '@/lib/runs/values/clean';
import type { Log } from '@/server/log';

/** What an attempt of a step has written so far. */
export type PartialText = { runId: string; stepId: string; attempt: number; text: string };

/** Texts of steps that were cut off, kept beside the journal: a failed or cancelled step has no output. */
export type PartialTexts = {
  /** Stores them; an earlier attempt never replaces a later one. Never rejects. */
  save(texts: PartialText[]): Promise<void>;
  /** Forgets the text of a step that has ended well. Never rejects. */
  remove(of: Omit<PartialText, 'text'>): Promise<void>;
};

export function createPartialTexts(pool: Pool, log: Log): PartialTexts {
  const warn = (error: unknown) =>
    log.warn({ err: error }, 'what a step has written could not be stored');
  return {
    async save(texts) {
      await pool
        .query(
          `insert into step_text as t (run_id, step_id, attempt, text)
           select r.id, g.step_id, g.attempt, g.text
           from unnest($1::uuid[], $2::text[], $3::int[], $4::text[]) as g(run_id, step_id, attempt, text)
           join run r on r.id = g.run_id
           on conflict (run_id, step_id) do update set attempt = excluded.attempt, text = excluded.text
           where t.attempt <= excluded.attempt`,
          [
            texts.map(({ runId }) => runId),
            texts.map(({ stepId }) => stepId),
            texts.map(({ attempt }) => attempt),
            texts.map(({ text }) => cleanText(text)),
          ],
        )
        .catch(warn);
    },
    async remove({ runId, stepId, attempt }) {
      await pool
        .query('delete from step_text where run_id = $1 and step_id = $2 and attempt <= $3', [
          runId,
          stepId,
          attempt,
        ])
        .catch(warn);
    },
  };
}
