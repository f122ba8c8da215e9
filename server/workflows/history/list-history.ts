import { z } from 'zod';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import { type Burst, burstsOf, joinBursts } from '@/lib/history/bursts';
import type { listHistory as contract, HistoryEntry } from '@/lib/history/contract';
import { describeChanges, elementNames } from '@/lib/history/describe';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Actor } from '@/lib/people/schema';
import { partsOfSource } from '@/lib/workflows/changes/source';
import { readDraft } from '@/lib/workflows/draft/draft';
import type { Services } from '@/server/services';
import { requireWorkflow } from '../require-workflow';
import { peopleOf } from './people';
import { sourcesOf } from './sources';
import {
  burstKey,
  burstsBefore,
  creationOf,
  cutsOf,
  type Place,
  type PublishedRow,
  publishedBefore,
  type RevisionRow,
  revisionsBefore,
  versionKey,
} from './store';

/** Elements that one entry lists. */
const maxElements = 40;

type Raw = { at: Date; key: string } & (
  | { burst: Burst }
  | { revision: RevisionRow }
  | { version: PublishedRow }
  | { createdBy: string | null }
);

/** The timeline of a workflow, newest first: also what is not folded into it yet. Throws `not_found`. */
export async function listHistory(
  services: Services,
  actor: Actor,
  { params, query }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { id } = await requireWorkflow(services, actor, params.id);
  const before = readPlace(query.cursor);
  const { doc, changes } = await services.drafts.replay(id);
  const cuts = await cutsOf(services.pool, id);
  const names = elementNames(readDraft(doc, catalogue));
  const all = await rawEntries(services, id, query.limit + 1, before, burstsOf(changes, cuts));
  const page = all.slice(0, query.limit);
  const last = all.length > query.limit ? page.at(-1) : undefined;
  const joined = joinedEntries(page, cuts);
  const person = await peopleOf(services, joined.flatMap(idsIn));
  const originOf = await sourcesOf(
    services,
    id,
    joined.flatMap((raw) => ('burst' in raw ? [raw.burst.source] : [])),
  );
  const described = joined.map((raw) => toEntry(raw, names, person, originOf));
  return {
    items: described,
    ...(last ? { nextCursor: `${last.at.toISOString()},${last.key}` } : {}),
  };
}

async function rawEntries(
  { pool }: Services,
  id: string,
  limit: number,
  before: Place | undefined,
  fresh: readonly Burst[],
): Promise<Raw[]> {
  const [stored, revisions, versions, creation] = await Promise.all([
    burstsBefore(pool, id, limit, before),
    revisionsBefore(pool, id, limit, before),
    publishedBefore(pool, id, limit, before),
    creationOf(pool, id),
  ]);
  const rows: Raw[] = [
    ...[...fresh, ...stored].map((burst) => ({
      at: new Date(burst.endedAt),
      key: burstKey(burst.fromSeq),
      burst,
    })),
    ...revisions.map((revision) => ({ at: revision.createdAt, key: `r${revision.id}`, revision })),
    ...versions.map((version) => ({
      at: version.publishedAt,
      key: versionKey(version.number),
      version,
    })),
    { at: creation.createdAt, key: 'a', createdBy: creation.createdBy },
  ];
  return rows
    .filter((row) => before === undefined || isBefore(row, before))
    .sort((a, b) => (isBefore(a, b) ? 1 : -1))
    .slice(0, limit);
}

const isBefore = (a: Place, b: Place) => a.at < b.at || (+a.at === +b.at && a.key < b.key);

/** The same entries with bursts joined that go on where one of the same author ended, none of `cuts` in between. */
function joinedEntries(page: readonly Raw[], cuts: readonly number[]): Raw[] {
  const bursts = page.flatMap((raw) => ('burst' in raw ? [raw.burst] : []));
  const joined = joinBursts(
    bursts.sort((a, b) => a.fromSeq - b.fromSeq),
    cuts,
  );
  const entries: Raw[] = joined
    .filter((burst) => Object.keys(burst.changedAt).length > 0)
    .map((burst) => ({ at: new Date(burst.endedAt), key: burstKey(burst.fromSeq), burst }));
  return [...entries, ...page.filter((raw) => !('burst' in raw))].sort((a, b) =>
    isBefore(a, b) ? 1 : -1,
  );
}

function idsIn(raw: Raw): (string | null)[] {
  if ('burst' in raw) return [raw.burst.userId];
  if ('revision' in raw) return [raw.revision.createdBy, ...raw.revision.authors];
  return ['version' in raw ? raw.version.publishedBy : raw.createdBy];
}

function toEntry(
  raw: Raw,
  names: ReadonlyMap<string, string>,
  person: Awaited<ReturnType<typeof peopleOf>>,
  originOf: Awaited<ReturnType<typeof sourcesOf>>,
): HistoryEntry {
  const at = raw.at.toISOString();
  if ('burst' in raw) {
    const { userId, source, startedAt, changedAt } = raw.burst;
    const elements = describeChanges(changedAt, names);
    const from = originOf(source);
    return {
      kind: 'changes',
      id: raw.key,
      at,
      startedAt: new Date(startedAt).toISOString(),
      author: person(userId),
      origin: partsOfSource(source).kind,
      ...(from && { from }),
      elements: elements.slice(0, maxElements),
      more: Math.max(0, elements.length - maxElements),
    };
  }
  if ('revision' in raw) {
    const { id, name, createdBy, authors } = raw.revision;
    const people = authors.map((author) => person(author));
    return { kind: 'revision', id, at, name, createdBy: person(createdBy), authors: people };
  }
  if ('version' in raw) {
    const { number, note, publishedBy } = raw.version;
    return { kind: 'version', id: raw.key, at, number, note, publishedBy: person(publishedBy) };
  }
  return { kind: 'created', id: raw.key, at, createdBy: person(raw.createdBy) };
}

const placeSchema = z.tuple([z.iso.datetime(), z.string().regex(/^[acrv][0-9a-f-]{0,36}$/)]);

function readPlace(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined;
  const parsed = placeSchema.safeParse(cursor.split(','));
  if (parsed.success) return { at: new Date(parsed.data[0]), key: parsed.data[1] };
  throw new AppError('invalid_input', 'cursor: use the nextCursor of the page before.');
}
