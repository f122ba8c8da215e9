import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type * as contracts from '@/lib/memory/contract';
import { maxCheckpoints } from '@/lib/memory/limits';
import type { MemoryCheckpoint } from '@/lib/memory/schema';
import type { Actor } from '@/lib/people/schema';
import { sqlState } from '@/server/db/transaction';
import type { Services } from '@/server/services';
import {
  type CheckpointRecord,
  checkpointsOf,
  insertCheckpoint,
  removeCheckpoint,
} from '../checkpoint-store';
import { requireSpace } from '../find-space';
import { tellMemory } from '../tell';
import { whoOf } from '../who';

const view = ({ createdAt, ...rest }: CheckpointRecord): MemoryCheckpoint => ({
  ...rest,
  at: createdAt.toISOString(),
});

/** Throws `not_found`. */
export async function listCheckpoints(
  { pool }: Pick<Services, 'pool'>,
  actor: Actor,
  { params }: InputOf<typeof contracts.listCheckpoints>,
): Promise<ResultOf<typeof contracts.listCheckpoints>> {
  const space = await requireSpace(pool, whoOf(actor), params.space);
  return { items: (await checkpointsOf(pool, space)).map(view) };
}

/** Names the state of a space. Throws `conflict` for a taken name or where there are too many. */
export async function createCheckpoint(
  { pool, bus }: Pick<Services, 'pool' | 'bus'>,
  actor: Actor,
  { params, body: { name } }: InputOf<typeof contracts.createCheckpoint>,
): Promise<ResultOf<typeof contracts.createCheckpoint>> {
  const who = whoOf(actor);
  const space = await requireSpace(pool, who, params.space);
  const given = { name, author: who.author, most: maxCheckpoints };
  const made = await insertCheckpoint(pool, space, given).catch((error: unknown) => {
    if (sqlState(error) !== '23505') throw error;
    throw new AppError('conflict', `There is already a checkpoint "${name}". Choose another name.`);
  });
  if (made === undefined) {
    throw new AppError(
      'conflict',
      `A memory may have ${maxCheckpoints} checkpoints. Delete one first.`,
    );
  }
  tellMemory(bus, space);
  return view(made);
}

/** Throws `not_found`. */
export async function deleteCheckpoint(
  { pool, bus }: Pick<Services, 'pool' | 'bus'>,
  actor: Actor,
  { params: { space: asked, id } }: InputOf<typeof contracts.deleteCheckpoint>,
): Promise<ResultOf<typeof contracts.deleteCheckpoint>> {
  const space = await requireSpace(pool, whoOf(actor), asked);
  if (!(await removeCheckpoint(pool, space, id))) throw noCheckpoint();
  tellMemory(bus, space);
  return { id };
}

export const noCheckpoint = () => new AppError('not_found', 'This checkpoint does not exist.');
