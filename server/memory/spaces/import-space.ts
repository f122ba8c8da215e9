import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { importSpace as contract } from '@/lib/memory/contract';
import { decideWrite } from '@/lib/memory/decide-write';
import { findSecret } from '@/lib/memory/find-secret';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { findEntries } from '../entry-store';
import { spaceToWrite } from '../find-space';
import { refuseEnd, requireRole, requireUnlocked } from '../refuse-end';
import { tellMemory } from '../tell';
import { whoOf } from '../who';
import { memberOf, standingOf } from '../write-entry';
import { type Change, writeChanges } from '../write-store';

const maxTries = 6;

/** Writes many entries, all or none; what looks like a secret is marked. Throws `invalid_input`, `conflict`. */
export async function importSpace(
  { pool, bus }: Pick<Services, 'pool' | 'bus'>,
  actor: Actor,
  { params, body: { entries, strategy } }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const who = whoOf(actor);
  const paths = entries.map(({ path }) => path);
  const twice = paths.find((path, index) => paths.indexOf(path) !== index);
  if (twice !== undefined)
    throw new AppError('invalid_input', `entries: "${twice}" is there twice.`);
  const space = await spaceToWrite(pool, who, params.space);
  for (let tries = 0; tries < maxTries; tries += 1) {
    const now = await findEntries(pool, space, paths);
    const counts = { written: 0, unchanged: 0, kept: 0 };
    const changes = entries.flatMap(({ path, value, expiresAt }): Change[] => {
      const before = now.get(path);
      const standing = standingOf(before);
      const verdict = decideWrite({ value, strategy }, standing);
      if (verdict.do !== 'write') {
        const unchanged = decideWrite({ value, strategy: 'last' }, standing).do === 'keep';
        counts[unchanged ? 'unchanged' : 'kept'] += 1;
        return [];
      }
      counts.written += 1;
      return [
        {
          ...{ path, value, before, outcome: 'imported', strategy },
          expiresAt: expiresAt === null ? null : new Date(expiresAt),
          flagged: findSecret(value) !== undefined,
        },
      ];
    });
    if (changes.length === 0) return counts;
    const { author, owner } = who;
    const writing = { space, author, owner, changes, member: memberOf(who) };
    const { end } = await writeChanges(pool, writing);
    if (end === 'written') {
      tellMemory(bus, space);
      return counts;
    }
    refuseEnd(end, space);
    await requireRole(pool, who);
    await requireUnlocked(pool, who, space, { paths });
  }
  throw new AppError('unavailable', 'Others keep writing here. Nothing was imported; try again.');
}
