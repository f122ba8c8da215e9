import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { getVersion as contract } from '@/lib/history/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { requireWorkflow } from '../require-workflow';
import { findVersion } from './store';

/** A published version with its definition. Throws `not_found`. */
export async function getVersion(
  services: Services,
  actor: Actor,
  { params }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { id } = await requireWorkflow(services, actor, params.id);
  const found = await findVersion(services.pool, id, params.number);
  if (!found) throw noVersion();
  const { number, note, publishedAt, definition } = found;
  return { number, note, publishedAt: publishedAt.toISOString(), definition };
}

export const noVersion = () => new AppError('not_found', 'This version does not exist.');
