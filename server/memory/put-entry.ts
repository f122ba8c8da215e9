import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { putEntry as contract } from '@/lib/memory/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { spaceToWrite } from './find-space';
import { entryIn } from './get-entry';
import { tellMemory } from './tell';
import { whoOf } from './who';
import { writeEntry } from './write-entry';

/** Writes an entry. Throws `conflict`, `invalid_input`, `not_found`. */
export async function putEntry(
  { pool, bus }: Pick<Services, 'pool' | 'bus'>,
  actor: Actor,
  { params: { space: asked, path }, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const who = whoOf(actor);
  const space = await spaceToWrite(pool, who, asked);
  const { outcome, overwrote, conflictId } = await writeEntry(pool, who, space, { path, ...body });
  tellMemory(bus, space);
  return {
    ...{ outcome, entry: await entryIn(pool, space, path) },
    ...(overwrote === undefined ? {} : { overwrote }),
    ...(conflictId === undefined ? {} : { conflictId }),
  };
}
