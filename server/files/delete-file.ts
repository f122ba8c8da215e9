import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { deleteFile as contract } from '@/lib/files/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { removeFile } from './store';

/** Deletes a file. Steps that read it fail from now on. Throws `not_found`. */
export async function deleteFile(
  services: Services,
  actor: Actor,
  { params }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const found = await removeFile(services.prisma, actor, params.id);
  if (!found) throw new AppError('not_found', 'This file does not exist.');
  return { id: params.id };
}
