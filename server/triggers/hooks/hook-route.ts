import type { Handler } from '@/server/http/handle';
import { type Answer, route } from '@/server/http/route';

/**
 * The exports of a route file of webhooks: the documented POST, and the same for the other methods, since each webhook says
 * itself which of them it takes.
 */
export function hookRoute(post: Handler) {
  const other: Answer = (request, context) => post(request, context);
  return route({ GET: other, POST: post, PUT: other, PATCH: other, DELETE: other });
}
