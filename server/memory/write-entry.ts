import type { Pool } from 'pg';
import { z } from 'zod';
import { AppError } from '@/lib/api/errors';
import { type Asked, baseOf, decideWrite } from '@/lib/memory/decide-write';
import { findSecret } from '@/lib/memory/find-secret';
import type { Json } from '@/lib/memory/merge/leaf';
import { type Outcome, putOutcomes } from '@/lib/memory/schema';
import type { Verdict } from '@/lib/memory/strategies/define-strategy';
import { transaction } from '@/server/db/transaction';
import { insertConflict } from './conflict-store';
import { type Db, type EntryRecord, findEntries, findVersion } from './entry-store';
import { refuseEnd, requireRole, requireUnlocked } from './refuse-end';
import type { SpaceRecord } from './space-store';
import { noEntry, type Who, writingRoles } from './who';
import { findWrite, type Writing, writeChanges } from './write-store';

export type EntryWrite = Asked & {
  path: string;
  expiresInSeconds?: number | undefined;
  /** Kept though it looks like a secret. */
  allowSecret?: boolean | undefined;
  outcome?: Outcome;
  /** A lock that must still be held when it is written. */
  token?: number | undefined;
  /** Shared by the attempts of a step. */
  key?: string | undefined;
};

const putSchema = z.object({
  outcome: z.enum(putOutcomes).catch('written'),
  path: z.string(),
  version: z.int(),
  overwrote: z.int().optional(),
  conflictId: z.string().optional(),
});
/** `before`: done by an earlier attempt of the step. */
export type Put = z.infer<typeof putSchema> & { before?: true };

/** So often a write is tried without holding the entry; then it holds it, so that it comes through among many. */
const freeTries = 3;
const maxTries = 12;

/**
 * Writes an entry as its strategy says, in one guarded statement; whoever is overtaken decides again on what stands there
 * then. Throws `conflict` with both values where the strategy refuses, `invalid_input` for what looks like a secret.
 */
export async function writeEntry(
  pool: Pool,
  who: Who,
  space: SpaceRecord,
  write: EntryWrite,
): Promise<Put> {
  const secret = findSecret(write.value);
  if (secret !== undefined && !write.allowSecret) throw looksSecret(write.path, secret);
  const asked = { ...write, flagged: secret !== undefined };
  for (let tries = 0; tries < maxTries; tries += 1) {
    const put =
      tries < freeTries
        ? await tryOnce(pool, who, space, asked, false)
        : await transaction(pool, (client) => tryOnce(client, who, space, asked, true));
    if (put !== undefined) return put;
    await requireRole(pool, who);
    await requireUnlocked(pool, who, space, { paths: [write.path], token: write.token });
  }
  throw new AppError(
    'unavailable',
    `Too many write to "${write.path}" at once. Nothing was written; try again.`,
  );
}

async function earlier(db: Db, who: Who, key: string | undefined): Promise<Put | undefined> {
  if (key === undefined) return undefined;
  const result = await findWrite(db, who.workspaceId, key);
  return result === undefined ? undefined : { ...putSchema.parse(result), before: true };
}

/** Undefined where somebody else was first, so that it has to be decided again. */
async function tryOnce(
  db: Db,
  who: Who,
  space: SpaceRecord,
  write: EntryWrite & { flagged: boolean },
  hold: boolean,
): Promise<Put | undefined> {
  const { path, key } = write;
  const current = (await findEntries(db, space, [path], hold)).get(path);
  // Looked up after the entry: who sees what another attempt wrote sees its note, too.
  const done = await earlier(db, who, key);
  if (done !== undefined) return done;
  const standing = standingOf(current);
  const named = baseOf(write, standing);
  const base = named === undefined ? undefined : await findVersion(db, space, path, named);
  const baseValue = base === undefined || base.deleted ? undefined : base.value;
  const renew = write.expiresInSeconds !== undefined || (current?.expiresAt ?? null) !== null;
  const verdict = decideWrite(
    { ...write, renew },
    standing,
    named !== undefined && base === undefined ? 'unknown' : { value: baseValue },
  );
  const version = current?.version ?? 0;
  if (verdict.do === 'refuse') throw refused(path, write.value, standing);
  if (verdict.do === 'keep') {
    // A step that found its own value there has remembered it; that somebody else's stays is told.
    const outcome =
      standing !== undefined && sameText(standing.value, write.value) ? 'unchanged' : 'kept';
    return { outcome, path, version };
  }
  if (verdict.do === 'ask')
    return keepAside(db, who, space, write, { base: baseValue, version, verdict });
  const put: Put = {
    ...{ outcome: verdict.merged ? 'merged' : 'written', path, version: version + 1 },
    ...(named === undefined ? {} : { overwrote: version }),
  };
  const writing: Writing = {
    ...{ space, author: who.author },
    changes: [
      {
        ...{
          path,
          value: verdict.value,
          before: current,
          strategy: write.strategy,
          baseVersion: named,
        },
        outcome: write.outcome ?? (verdict.merged ? 'merged' : 'written'),
        expiresAt: expiryOf(write.expiresInSeconds),
        flagged: write.flagged,
      },
    ],
    ...{ member: memberOf(who), owner: who.owner, token: write.token },
    ...(key === undefined ? {} : { note: { key, result: put } }),
  };
  const { end } = await writeChanges(db, writing);
  if (end === 'written') return put;
  return refuseEnd(end, space);
}

/** What stands there for whoever decides: nothing, where it is deleted or its time is over. */
export function standingOf(current: EntryRecord | undefined) {
  if (current === undefined) return undefined;
  const gone = current.deleted || current.expired;
  return { version: current.version, value: gone ? undefined : current.value };
}

export const memberOf = ({ memberId }: Who) =>
  memberId === undefined ? undefined : { id: memberId, roles: writingRoles };

const expiryOf = (seconds: number | undefined) =>
  seconds === undefined ? null : new Date(Date.now() + seconds * 1_000);

const sameText = (one: Json | undefined, other: Json | undefined) =>
  JSON.stringify(one) === JSON.stringify(other);

async function keepAside(
  db: Db,
  who: Who,
  space: SpaceRecord,
  { path, value, key }: EntryWrite,
  {
    base,
    version,
    verdict,
  }: { base: Json | undefined; version: number; verdict: Verdict & { do: 'ask' } },
): Promise<Put | undefined> {
  const put = (conflictId: string): Put => ({ outcome: 'conflict', path, version, conflictId });
  const made = await insertConflict(db, {
    ...{ space, path, base, mine: value, theirs: version, author: who.author },
    leaves: verdict.leaves.map((leaf) => leaf.path),
    member: memberOf(who),
    ...(key === undefined ? {} : { note: { key, resultOf: put } }),
  });
  return made === undefined ? undefined : put(made);
}

function looksSecret(path: string, secret: string) {
  const message = `This looks like ${secret}. Keep it in a connection instead: memory is read by people and models. Nothing was written to "${path}".`;
  return new AppError('invalid_input', message, { looksSecret: true });
}

function refused(
  path: string,
  mine: Json,
  standing: { version: number; value: Json | undefined } | undefined,
) {
  const there =
    standing?.value === undefined
      ? 'there is nothing any more'
      : `it is at version ${standing.version} now`;
  return new AppError(
    'conflict',
    `"${path}" was changed by somebody else: ${there}. Nothing was written. Read it again, or choose a strategy that merges.`,
    {
      version: standing?.version ?? 0,
      mine,
      ...(standing?.value === undefined ? {} : { theirs: standing.value }),
    },
  );
}

/** Deletes an entry; `expect` names the version that its writer has seen. Throws `not_found`, `conflict`. */
export async function removeEntry(
  pool: Pool,
  who: Who,
  space: SpaceRecord,
  {
    path,
    expect,
    key,
    token,
  }: {
    path: string;
    expect?: number | undefined;
    key?: string | undefined;
    token?: number | undefined;
  },
): Promise<{ path: string; version: number; before?: true }> {
  for (let tries = 0; tries < maxTries; tries += 1) {
    const done = await earlier(pool, who, key);
    if (done !== undefined) return { path, version: done.version, before: true };
    const current = (await findEntries(pool, space, [path])).get(path);
    const standing = standingOf(current);
    if (standing?.value === undefined) throw noEntry(path);
    if (expect !== undefined && expect !== standing.version) throw refused(path, null, standing);
    const result = { path, version: standing.version + 1 };
    const { end } = await writeChanges(pool, {
      ...{ space, author: who.author, member: memberOf(who), owner: who.owner, token },
      changes: [{ path, value: undefined, before: current, outcome: 'deleted', strategy: 'last' }],
      ...(key === undefined ? {} : { note: { key, result } }),
    });
    if (end === 'written') return result;
    refuseEnd(end, space);
    await requireRole(pool, who);
    await requireUnlocked(pool, who, space, { paths: [path], token });
  }
  throw new AppError(
    'unavailable',
    `Too many write to "${path}" at once. Nothing was deleted; try again.`,
  );
}
