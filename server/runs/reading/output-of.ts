import type { Pool } from 'pg';
import { readJson } from '@/lib/api/json/read-json';
import { isBlobRef } from '@/lib/runs/blobs';
import { isRecord } from '@/lib/values/unknown';
import { readBlobText } from '../blobs/blobs';

/** A run's output, read in where it, or a value right inside it, is kept beside the journal. */
export async function outputOf(
  { pool }: { pool: Pool },
  runId: string,
  output: unknown,
): Promise<unknown> {
  const whole = await hydrated(pool, runId, output);
  if (!isRecord(whole)) return whole;
  const entries = await Promise.all(
    Object.entries(whole).map(async ([name, value]) => [name, await hydrated(pool, runId, value)]),
  );
  return Object.fromEntries(entries);
}

async function hydrated(pool: Pool, runId: string, value: unknown): Promise<unknown> {
  if (!isBlobRef(value)) return value;
  const read = readJson((await readBlobText(pool, runId, value.$blob.hash)) ?? 'null');
  return read.ok ? read.value : undefined;
}
