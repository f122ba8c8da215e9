import { AppError } from '@/lib/api/errors';
import { services } from '@/server/services';
import { respondError } from './respond';

/** Answers an address below `/api` that no route has: 404 as JSON, like every other error. */
export async function respondNowhere(request: Request): Promise<Response> {
  const path = new URL(request.url).pathname.slice(0, 200);
  const error = new AppError(
    'not_found',
    `There is nothing at ${path}. All addresses are in /api/v2/openapi.json.`,
  );
  return respondError(services().log, error, 'nowhere');
}
