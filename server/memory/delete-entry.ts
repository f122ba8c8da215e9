import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { deleteEntry as contract } from '@/lib/memory/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { requireSpace } from './find-space';
import { tellMemory } from './tell';
import { whoOf } from './who';
import { removeEntry } from './write-entry';

/** Deletes an entry; its versions stay. Throws `not_found`, `conflict`. */
export async function deleteEntry(
  { pool, bus }: Pick<Services, 'pool' | 'bus'>,
  actor: Actor,
  { params: { space: asked, path }, query: { expect, token } }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const who = whoOf(actor);
  const space = await requireSpace(pool, who, asked);
  const { version } = await removeEntry(pool, who, space, { path, expect, token });
  tellMemory(bus, space);
  return { path, version };
}
