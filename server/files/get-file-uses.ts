import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { getFileUses as contract } from '@/lib/files/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { findMentions } from '@/server/workflows/find-mentions';
import { hasFile } from './store';

/** Workflows whose steps read the file, in drafts and live versions. Throws `not_found`. */
export async function getFileUses(
  services: Pick<Services, 'pool' | 'drafts'>,
  { workspaceId }: Actor,
  { params: { id } }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  if (!(await hasFile(services.pool, workspaceId, id)))
    throw new AppError('not_found', 'This file does not exist.');
  return { items: await findMentions(services, workspaceId, { widget: 'file', value: id }) };
}
