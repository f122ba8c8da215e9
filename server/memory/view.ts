import type {
  ListedEntry,
  MemoryChange,
  MemoryConflict,
  MemoryEntry,
  MemorySpace,
  MemoryVersion,
} from '@/lib/memory/schema';
import { type SpaceKind, type SpaceRef, spaceKey } from '@/lib/memory/space';
import { textOf } from '@/lib/memory/words';
import type { ConflictRecord } from './conflict-store';
import type { EntryRecord, VersionRecord } from './entry-store';
import type { ListedSpace } from './space-store';

const previewCharacters = 160;
const isoOf = (at: Date | null) => at?.toISOString() ?? null;

const fixedTitles: Partial<Record<SpaceKind, string>> = {
  workspace: 'Workspace',
  person: 'Only you',
};

export function titleOf({
  kind,
  name,
  title,
}: Pick<ListedSpace, 'kind' | 'name' | 'title'>): string {
  return (
    fixedTitles[kind] ?? title ?? (kind === 'team' || kind === 'agent' ? name : `Deleted ${kind}`)
  );
}

export function viewSpace(space: ListedSpace): MemorySpace {
  const { kind, name, title, entryCount, conflicts, number, updatedAt } = space;
  return {
    ...{ key: spaceKey(space), kind, name, title: titleOf(space), conflicts, number },
    orphaned: title === null && kind !== 'workspace' && kind !== 'team',
    entries: entryCount,
    updatedAt: updatedAt.toISOString(),
  };
}

const factsOf = ({
  path,
  version,
  author,
  updatedAt,
  expiresAt,
  conflict,
  flagged,
}: EntryRecord) => ({
  ...{ path, version, author, conflict, looksSecret: flagged },
  updatedAt: updatedAt.toISOString(),
  expiresAt: isoOf(expiresAt),
});

export function viewListed(entry: EntryRecord): ListedEntry {
  const preview = textOf(entry.value).replace(/\s+/g, ' ').slice(0, previewCharacters);
  return { ...factsOf(entry), preview: preview.toWellFormed() };
}

export const viewEntry = (space: SpaceRef, entry: EntryRecord): MemoryEntry => ({
  ...factsOf(entry),
  ...{ space: spaceKey(space), value: entry.value, checksum: entry.checksum },
  createdAt: entry.createdAt.toISOString(),
});

export function viewVersion(record: VersionRecord): MemoryVersion {
  const { version, number, outcome, strategy, baseVersion, author, deleted, value, checksum } =
    record;
  return {
    ...{ version, number, outcome, strategy, baseVersion, author, deleted, value, checksum },
    at: record.createdAt.toISOString(),
  };
}

export function viewChange(record: VersionRecord, withValue: boolean): MemoryChange {
  const { number, path, version, outcome, deleted, author, value } = record;
  return {
    ...{ number, path, version, outcome, deleted, author },
    at: record.createdAt.toISOString(),
    ...(withValue && !deleted ? { value } : {}),
  };
}

export function viewConflict(record: ConflictRecord): MemoryConflict {
  const { id, path, leaves, base, mine, theirs, theirsDeleted, theirsVersion, author } = record;
  return {
    ...{ id, path, leaves, mine, theirsVersion, author },
    space: spaceKey(record),
    ...(base.value === undefined ? {} : { base: base.value }),
    ...(theirsDeleted ? {} : { theirs }),
    at: record.createdAt.toISOString(),
  };
}
