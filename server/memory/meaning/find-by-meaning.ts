import type { Pool } from 'pg';
import { isVector, quantise, signBits, similarity } from '@/lib/embeddings/vector';
import { questionText } from '@/lib/memory/meaning/text';
import type { Embedder } from '@/server/embeddings/embedder';
import { nearEntries } from './meaning-store';

/** Somebody waits for the answer. The first question after a while starts the model, which takes a second or two. */
const patienceMs = 4_000;
/** Texts that have nothing to do with each other come to 0.1 to 0.25 with this model. */
const leastSimilar = 0.3;

export type ByMeaning = { spaceId: string; path: string; similarity: number };

/** Entries that mean something like the question, the nearest first. Rejects with `EmbedderAway`. */
export async function findByMeaning(
  { pool, embedder }: { pool: Pool; embedder: Embedder },
  asked: { workspaceId: string; spaceIds: readonly string[]; q: string; limit: number },
): Promise<ByMeaning[]> {
  const [vector] = await embedder.embed([questionText(asked.q)], patienceMs);
  if (vector === undefined || !isVector(vector, embedder.dimensions)) return [];
  const near = await nearEntries(pool, {
    ...{ workspaceId: asked.workspaceId, spaceIds: asked.spaceIds },
    ...{ embedder: embedder.id, code: signBits(vector) },
  });
  const question = quantise(vector);
  return near
    .map(({ spaceId, path, vector: of }) => ({
      spaceId,
      path,
      similarity: similarity(question, of),
    }))
    .filter((one) => one.similarity >= leastSimilar)
    .sort((a, b) => b.similarity - a.similarity)
    .slice(0, asked.limit);
}
