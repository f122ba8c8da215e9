import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** What answers of webhooks may do in a browser: a workflow makes them, and no script, form or frame of theirs is ours. */
export const hookPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** The request header by which pages learn the nonce of their answer. */
const nonceHeader = 'x-nonce';

/**
 * Sets what a page may load and whom it may ask: itself. Its inline scripts carry a nonce that nobody can guess, so that
 * text which became markup by some mistake does not run, and could not carry anything away. Next reads the nonce from
 * the policy on the request. In development Next needs more than that.
 */
export function setContentPolicy(
  request: IncomingMessage,
  response: ServerResponse,
  production: boolean,
): void {
  const nonce = randomBytes(16).toString('base64');
  const policy = contentPolicy(production ? nonce : undefined, isEmbed(request.url));
  // Also when nothing is given: what a sender writes there is not to be believed.
  request.headers['content-security-policy'] = policy;
  delete request.headers['content-security-policy-report-only'];
  if (production) request.headers[nonceHeader] = nonce;
  else delete request.headers[nonceHeader];
  // Set here: what a route sets for itself does not get past a header that is there already.
  const isHook = request.url?.startsWith('/api/v2/hooks/') === true;
  response.setHeader('Content-Security-Policy', isHook ? hookPolicy : policy);
}

/** Pages for the frames of other sites; each of them asks itself whether it may be shown there. */
const isEmbed = (url = '') => url.startsWith('/embed/');

function contentPolicy(nonce: string | undefined, embed: boolean): string {
  return [
    "default-src 'self'",
    nonce === undefined
      ? "script-src 'self' 'unsafe-inline' 'unsafe-eval'"
      : `script-src 'self' 'nonce-${nonce}'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    nonce === undefined ? "connect-src 'self' ws: wss:" : "connect-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    embed ? 'frame-ancestors *' : "frame-ancestors 'none'",
  ].join('; ');
}
