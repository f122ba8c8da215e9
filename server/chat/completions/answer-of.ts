import type { Pool } from 'pg';
import { answerText } from '@/lib/chat/answer';
import { at } from '@/lib/values/unknown';
import { outputOf } from '@/server/runs/reading/output-of';

/** The whole text of an agent's answer, also where it is kept beside the journal. */
export async function answerOf(pool: Pool, runId: string, output: unknown): Promise<string> {
  const whole = await outputOf({ pool }, runId, output);
  const text = at(whole, 'text');
  return typeof text === 'string' ? text : answerText(whole);
}
