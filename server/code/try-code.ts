import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { tryCode as contract } from '@/lib/code/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';

/** Runs code once for whoever writes it. Throws `unavailable` where this server has no sandbox. */
export async function tryCode(
  { code }: Pick<Services, 'code'>,
  { workspaceId }: Actor,
  { body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const end = await code.run(body, workspaceId);
  if (end.ok) return end;
  if (end.fault === 'off') throw new AppError('unavailable', end.message);
  if (end.fault === 'busy') throw new AppError('too_many_requests', end.message);
  return end;
}
