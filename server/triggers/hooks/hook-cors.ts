import type { WebhookConfig } from '@/lib/triggers/schema';
import type { RouteContext } from '@/server/http/handle';
import { services } from '@/server/services';
import { findHook } from './hook-store';

/** Whether a page of the origin that asks may use the webhook from a browser, by its settings. */
export function mayAsk({ origins }: Pick<WebhookConfig, 'origins'>, headers: Headers): boolean {
  const origin = headers.get('origin');
  return origin !== null && (origins.includes('*') || origins.includes(origin.toLowerCase()));
}

/** Lets the page that asked read the answer. Cookies are never sent along: a webhook knows none. */
export function corsHeaders(
  config: Pick<WebhookConfig, 'origins'>,
  headers: Headers,
): Record<string, string> {
  if (config.origins.length === 0) return {};
  const origin = headers.get('origin');
  if (origin === null || !mayAsk(config, headers)) return { Vary: 'Origin' };
  return { 'Access-Control-Allow-Origin': origin, Vary: 'Origin' };
}

/**
 * Answers what browsers ask before a page of another origin may send. Nothing is told of a webhook that does not allow the
 * origin, or is not there.
 */
export async function hookOptions(request: Request, context: RouteContext): Promise<Response> {
  const id = (await context.params)?.id;
  const known = typeof id === 'string' && /^[0-9a-f-]{36}$/i.test(id);
  const hook = known ? await findHook(services().pool, id) : undefined;
  const none = new Response(null, { status: 204, headers: { Vary: 'Origin' } });
  if (!hook?.enabled || !mayAsk(hook.config, request.headers)) return none;
  const asked = request.headers.get('access-control-request-headers') ?? '';
  const names = /^[A-Za-z0-9, _-]{1,500}$/.test(asked) ? asked : 'content-type';
  return new Response(null, {
    status: 204,
    headers: {
      ...corsHeaders(hook.config, request.headers),
      'Access-Control-Allow-Methods': hook.config.methods.join(', '),
      'Access-Control-Allow-Headers': names,
      'Access-Control-Max-Age': '600',
    },
  });
}
