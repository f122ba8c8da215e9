import type { Pool } from 'pg';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { searchMemory as contract } from '@/lib/memory/contract';
import type { MatchBy } from '@/lib/memory/match-by';
import { fuse } from '@/lib/memory/meaning/fuse';
import type { MeaningState, MemoryHit } from '@/lib/memory/schema';
import { readSpace, spaceKey } from '@/lib/memory/space';
import { askedWords, snippetOf, whyFound } from '@/lib/memory/words';
import type { Actor } from '@/lib/people/schema';
import { EmbedderAway } from '@/server/embeddings/embedder';
import type { Services } from '@/server/services';
import { entriesAt, entriesLike, entriesWithWords, type FoundRecord } from './entry-store';
import { ownSpace } from './find-space';
import { type ByMeaning, findByMeaning } from './meaning/find-by-meaning';
import { countUnread } from './meaning/meaning-store';
import { type ListedSpace, spacesOf } from './space-store';
import { titleOf } from './view';
import { type Who, whoOf } from './who';

type Needs = Pick<Services, 'pool' | 'embedder'>;

/** Finds entries by words and meaning, in the spaces that the actor may read. Throws `invalid_input`. */
export async function searchMemory(
  services: Needs,
  actor: Actor,
  { body: { q, spaces, limit, by } }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const who = whoOf(actor);
  const keys = spaces?.map((key) => {
    const read = readSpace(key);
    if (!read.ok) throw new AppError('invalid_input', `spaces: "${key}" ${read.problem}.`);
    return spaceKey(ownSpace(who, read.space));
  });
  return findInMemory(services, who, { q, keys, limit, by });
}

type Asked = { q: string; keys: readonly string[] | undefined; limit: number; by: MatchBy };

/**
 * The same for whoever asks; without `keys` in all spaces that they may read. Where meaning cannot be looked through, words
 * alone count, and `meaning` says why.
 */
export async function findInMemory(
  { pool, embedder }: Needs,
  { workspaceId, personId }: Who,
  { q, keys, limit, by }: Asked,
): Promise<{ hits: MemoryHit[]; meaning: MeaningState }> {
  const all = await spacesOf(pool, workspaceId, personId ?? '');
  const spaces = new Map(
    all
      .filter((space) => keys?.includes(spaceKey(space)) ?? true)
      .map((space) => [space.id, space]),
  );
  const asked = { workspaceId, spaceIds: [...spaces.keys()], q, limit };
  if (spaces.size === 0) return { hits: [], meaning: { state: 'off', waiting: 0 } };
  const [worded, { near, meaning }] = await Promise.all([
    by === 'meaning' ? nothing : findByWords(pool, asked),
    by === 'words' ? unasked : nearOf({ pool, embedder }, asked),
  ]);
  const byKey = new Map(worded.map((entry) => [keyOf(entry), entry]));
  const nearness = new Map(near.map((one) => [keyOf(one), one.similarity]));
  const order = fuse([[...byKey.keys()], [...nearness.keys()]]).slice(0, limit);
  const missing = near.filter((one) => !byKey.has(keyOf(one)));
  // What is only near is read as it stands now, by who may read it.
  for (const entry of await entriesAt(pool, workspaceId, missing)) byKey.set(keyOf(entry), entry);
  const words = askedWords(q);
  const hits = order.flatMap(({ key, score }) => {
    const entry = byKey.get(key);
    const space: ListedSpace | undefined = entry && spaces.get(entry.spaceId);
    if (entry === undefined || space === undefined) return [];
    const { path, version, value, author } = entry;
    const alike = nearness.get(key);
    const why = worded.includes(entry) ? whyFound(words, path, value) : [];
    return [
      {
        ...{ space: spaceKey(space), spaceTitle: titleOf(space), path, version, value, author },
        snippet: snippetOf(words, value),
        why: alike === undefined ? why : [...why, whyNear(alike)],
        score: Math.round(score * 100_000) / 100_000,
        updatedAt: entry.updatedAt.toISOString(),
      },
    ];
  });
  return { hits, meaning };
}

const nothing: FoundRecord[] = [];
const keyOf = ({ spaceId, path }: { spaceId: string; path: string }) => `${spaceId} ${path}`;
const whyNear = (similarity: number) => ({
  kind: 'meaning' as const,
  words: [],
  similarity: Math.round(similarity * 100) / 100,
});

type In = { workspaceId: string; spaceIds: readonly string[]; q: string; limit: number };

async function findByWords(pool: Pool, { q, ...rest }: In): Promise<FoundRecord[]> {
  const words = askedWords(q);
  if (words.length === 0) return [];
  const asked = { ...rest, words };
  const found = await entriesWithWords(pool, asked);
  // Slips are looked for where the words themselves say little.
  const alike = found.length < Math.min(rest.limit, 5) ? await entriesLike(pool, asked) : [];
  const seen = new Set(found.map(keyOf));
  return [...found, ...alike.filter((entry) => !seen.has(keyOf(entry)))].slice(0, rest.limit);
}

const unasked: { near: ByMeaning[]; meaning: MeaningState } = {
  near: [],
  meaning: { state: 'off', waiting: 0 },
};

async function nearOf(
  needs: Needs,
  asked: In,
): Promise<{ near: ByMeaning[]; meaning: MeaningState }> {
  if (needs.embedder.dimensions === 0) return unasked;
  const waiting = await countUnread(needs.pool, asked);
  try {
    return { near: await findByMeaning(needs, asked), meaning: { state: 'on', waiting } };
  } catch (error) {
    if (!EmbedderAway.isInstance(error)) throw error;
    return { near: [], meaning: { state: 'away', waiting } };
  }
}
