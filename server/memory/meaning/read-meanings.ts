import { isVector, quantise, signBits } from '@/lib/embeddings/vector';
import { meaningText } from '@/lib/memory/meaning/text';
import { transaction } from '@/server/db/transaction';
import { EmbedderAway } from '@/server/embeddings/embedder';
import type { Services } from '@/server/services';
import { dropMeanings, holdReading, keepMeanings, unreadEntries } from './meaning-store';

type Needs = Pick<Services, 'pool' | 'embedder' | 'log'>;

const batch = 16;
/** A batch takes seconds at most; on a machine that is full it may take longer. */
const patienceMs = 30_000;
const everyMs = 2_000;
const dropEveryMs = 3_600_000;

/**
 * Reads the meaning of some entries that were written since, in one process at a time; gives how many. Repeating it
 * changes nothing, and one that dies leaves them to the next.
 */
export async function readMeanings({
  pool,
  embedder,
}: Pick<Needs, 'pool' | 'embedder'>): Promise<number> {
  // Looked at first, so that an idle product holds nothing.
  if ((await unreadEntries(pool, 1)).length === 0) return 0;
  return transaction(pool, async (client) => {
    if (!(await holdReading(client))) return 0;
    const unread = await unreadEntries(client, batch);
    if (unread.length === 0) return 0;
    const texts = unread.map(({ path, value }) => meaningText(path, value));
    const vectors = await embedder.embed(texts, patienceMs);
    const read = unread.map(({ spaceId, path, version }, at) => {
      const vector = vectors[at];
      const says = vector !== undefined && isVector(vector, embedder.dimensions);
      const meaning = says ? { vector: quantise(vector), code: signBits(vector) } : undefined;
      return { spaceId, path, version, meaning };
    });
    await keepMeanings(client, embedder.id, read);
    return read.length;
  });
}

/** Reads meanings in a process of workers, until it is stopped. After each batch it rests as long as that took. */
export function startMeaningReader(services: Needs): { stop: () => void } {
  const { pool, embedder, log } = services;
  if (embedder.dimensions === 0) return { stop: () => undefined };
  let stopped = false;
  let timer: NodeJS.Timeout;
  let dropped = Date.now();
  const turn = async () => {
    const began = performance.now();
    let read = 0;
    try {
      read = await readMeanings(services);
      if (Date.now() - dropped > dropEveryMs) {
        dropped = Date.now();
        await dropMeanings(pool);
      }
    } catch (error) {
      // It is tried again; a model that is busy or ended says nothing that somebody could mend.
      if (!(stopped || EmbedderAway.isInstance(error))) {
        log.warn({ err: error }, 'meanings of memory could not be read');
      }
    }
    if (stopped) return;
    const took = performance.now() - began;
    timer = setTimeout(() => void turn(), read > 0 ? Math.min(took, everyMs) : everyMs).unref();
  };
  timer = setTimeout(() => void turn(), everyMs).unref();
  return {
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
