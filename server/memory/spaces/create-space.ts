import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { createSpace as contract } from '@/lib/memory/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { makeSpace } from '../find-space';
import { spacesOf } from '../space-store';
import { tellMemory } from '../tell';
import { viewSpace } from '../view';
import { noSpace, whoOf } from '../who';

/** Makes an empty shared space. Throws `conflict` for a taken name or where there are too many. */
export async function createSpace(
  services: Pick<Services, 'pool' | 'bus'>,
  actor: Actor,
  { body: { name } }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const space = { kind: 'team' as const, name: name.normalize('NFC') };
  if (!(await makeSpace(services.pool, whoOf(actor), space))) {
    throw new AppError('conflict', `There is already a memory "${name}". Choose another name.`);
  }
  const all = await spacesOf(services.pool, actor.workspaceId, actor.userId);
  const made = all.find((one) => one.kind === space.kind && one.name === space.name);
  if (made === undefined) throw noSpace(space);
  tellMemory(services.bus, made);
  return viewSpace(made);
}
