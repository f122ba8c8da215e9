import type { Pool } from 'pg';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { searchMemory as contract } from '@/lib/memory/contract';
import type { MemoryHit } from '@/lib/memory/schema';
import { readSpace, spaceKey } from '@/lib/memory/space';
import { askedWords, snippetOf, whyFound } from '@/lib/memory/words';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { entriesLike, entriesWithWords } from './entry-store';
import { ownSpace } from './find-space';
import { type ListedSpace, spacesOf } from './space-store';
import { titleOf } from './view';
import { type Who, whoOf } from './who';

/** Finds entries by their words, in the spaces that the actor may read. Throws `invalid_input`. */
export async function searchMemory(
  { pool }: Pick<Services, 'pool'>,
  actor: Actor,
  { body: { q, spaces, limit } }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const who = whoOf(actor);
  const keys = spaces?.map((key) => {
    const read = readSpace(key);
    if (!read.ok) throw new AppError('invalid_input', `spaces: "${key}" ${read.problem}.`);
    return spaceKey(ownSpace(who, read.space));
  });
  return { hits: await findInMemory(pool, who, { q, keys, limit }) };
}

/** The same for whoever asks; without `keys` in all spaces that they may read. */
export async function findInMemory(
  pool: Pool,
  { workspaceId, personId }: Who,
  { q, keys, limit }: { q: string; keys: readonly string[] | undefined; limit: number },
): Promise<MemoryHit[]> {
  const words = askedWords(q);
  const all = await spacesOf(pool, workspaceId, personId ?? '');
  const spaces = new Map(
    all
      .filter((space) => keys?.includes(spaceKey(space)) ?? true)
      .map((space) => [space.id, space]),
  );
  if (words.length === 0 || spaces.size === 0) return [];
  const asked = { workspaceId, spaceIds: [...spaces.keys()], words, limit };
  const found = await entriesWithWords(pool, asked);
  // Slips are looked for where the words themselves say little.
  const alike = found.length < Math.min(limit, 5) ? await entriesLike(pool, asked) : [];
  const seen = new Set(found.map(({ spaceId, path }) => `${spaceId} ${path}`));
  const more = alike.filter(({ spaceId, path }) => !seen.has(`${spaceId} ${path}`));
  return [...found, ...more].slice(0, limit).flatMap((entry) => {
    const space: ListedSpace | undefined = spaces.get(entry.spaceId);
    if (space === undefined) return [];
    const { path, version, value, author, score } = entry;
    return [
      {
        ...{ space: spaceKey(space), spaceTitle: titleOf(space), path, version, value, author },
        snippet: snippetOf(words, value),
        why: whyFound(words, path, value),
        score: Math.round(score * 1_000) / 1_000,
        updatedAt: entry.updatedAt.toISOString(),
      },
    ];
  });
}
