import { SdkErrorCode } from '@modelcontextprotocol/client';
import { cleanName } from '@/lib/names/name-problem';
import { StepError } from '@/lib/nodes/node-type/define-node';
import { at } from '@/lib/values/unknown';

type Server = { name: string; connection: string | null };

/** What a failure of the client means, in one sentence about the server. `noEffect` where it has certainly done nothing. */
export function explained(error: unknown, server: Server, seconds: number): StepError {
  const { name } = server;
  const whole = chainOf(error);
  const own = whole.find(StepError.isInstance);
  if (own !== undefined) return own;
  const status = whole.map(statusOf).find((one) => one >= 400);
  if (status !== undefined) return answered(server, status);
  const page = whole.find((one) => at(one, 'code') === SdkErrorCode.ClientHttpUnexpectedContent);
  const code = at(error, 'code');
  if (code === SdkErrorCode.RequestTimeout) {
    return new StepError('mcp_timeout', `${name} took longer than ${seconds} s.`, {
      retryable: true,
    });
  }
  if (code === SdkErrorCode.UnsupportedResultType) {
    const asks =
      at(error, 'data', 'resultType') === 'input_required'
        ? 'asked for more input before it goes on'
        : 'wants to go on in the background';
    return new StepError(
      'mcp_unsupported',
      `${name} ${asks}. This is not supported yet: it was declined.`,
    );
  }
  if (page !== undefined) {
    const type = cleanName(String(at(page, 'data', 'contentType') ?? '').slice(0, 100));
    return new StepError(
      'mcp_not_a_server',
      `${name} responded with ${type || 'no content type'} instead of MCP. Check the address: it often ends in /mcp.`,
    );
  }
  // The number of a JSON-RPC error: the server itself says no.
  if (typeof code === 'number') {
    const said = cleanName(String(at(error, 'message')).slice(0, 500)) || 'no reason was given';
    return new StepError('mcp_refused', `${name} says: ${said}`);
  }
  const isJson = !whole.some((inner) => inner instanceof SyntaxError);
  const what = isJson ? 'something that is not MCP' : 'something that is not JSON';
  return new StepError(
    'mcp_not_a_server',
    `${name} responded with ${what}. Check the address: it often ends in /mcp.`,
  );
}

function answered({ name, connection }: Server, status: number): StepError {
  const noEffect = status < 500;
  switch (status) {
    case 401:
      return new StepError(
        'mcp_sign_in',
        connection === null
          ? `${name} wants to know who is calling: choose a connection for it in Settings → MCP servers.`
          : `${name} does not take the credentials of the connection “${connection}” any more. Sign in again in Settings → Connections.`,
        { noEffect },
      );
    case 403:
      return new StepError(
        'mcp_forbidden',
        `${name} does not allow this (status 403).${connection === null ? ' It may need a connection.' : ` The connection “${connection}” may not do it.`}`,
        { noEffect },
      );
    case 404:
    case 405:
      return new StepError(
        'mcp_not_a_server',
        `${name} has no MCP at this address (status ${status}). Check the address: it often ends in /mcp.`,
        { noEffect },
      );
    default:
      return new StepError('mcp_status', `${name} responded with status ${status}.`, {
        retryable: status === 429 || status >= 500,
        noEffect,
      });
  }
}

const statusOf = (error: unknown) => Number(at(error, 'data', 'status') ?? at(error, 'status'));

/** An error and those that lie behind it. */
function chainOf(error: unknown): unknown[] {
  const chain: unknown[] = [];
  for (let inner = error; inner !== undefined && chain.length < 8; ) {
    chain.push(inner);
    inner = at(inner, 'cause') ?? at(inner, 'data', 'cause');
  }
  return chain;
}
