import type { Pool } from 'pg';
import { readJson } from '@/lib/api/json/read-json';
import { answerText } from '@/lib/chat/answer';
import { isBlobRef } from '@/lib/runs/blobs';
import { at } from '@/lib/values/unknown';
import { readBlobText } from '@/server/runs/blobs/blobs';

/** The whole text of an agent's answer, also where it is kept beside the journal. */
export async function answerOf(pool: Pool, runId: string, output: unknown): Promise<string> {
  const whole = await hydrated(pool, runId, output);
  const text = await hydrated(pool, runId, at(whole, 'text'));
  return typeof text === 'string' ? text : answerText(whole);
}

async function hydrated(pool: Pool, runId: string, value: unknown): Promise<unknown> {
  if (!isBlobRef(value)) return value;
  const read = readJson((await readBlobText(pool, runId, value.$blob.hash)) ?? 'null');
  return read.ok ? read.value : undefined;
}
