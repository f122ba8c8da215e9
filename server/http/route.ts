import { AppError } from '@/lib/api/errors';
import { services } from '@/server/services';
import type { Handler, RouteContext } from './handle';
import { respondError } from './respond';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
type Method = (typeof methods)[number];
/** What answers one method of a route. */
export type Answer = ((request: Request, context: RouteContext) => Promise<Response>) | Handler;

/**
 * The exports of a route file: the given handlers, and 405 with `Allow` for all other methods.
 * `export const { GET, POST, PUT, PATCH, DELETE } = route({ GET: …, POST: … });`
 */
export function route(given: Partial<Record<Method, Answer>>): Record<Method, Answer> {
  const allowed = methods.filter((method) => given[method] !== undefined);
  const allow = allowed
    .flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
    .join(', ');
  const refuse: Answer = async (request) => {
    const response = respondError(
      services().log,
      new AppError('method_not_allowed', `${request.method} is not allowed here. Use ${allow}.`),
      'route',
    );
    response.headers.set('Allow', allow);
    return response;
  };
  const of = (method: Method) => given[method] ?? refuse;
  return {
    GET: of('GET'),
    POST: of('POST'),
    PUT: of('PUT'),
    PATCH: of('PATCH'),
    DELETE: of('DELETE'),
  };
}
