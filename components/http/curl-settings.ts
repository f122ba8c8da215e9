import type { ConnectionDraft } from '@/components/connections/connection-draft';
import type { CurlRequest } from '@/lib/nodes/requests/curl/parse-curl';
import type { CurlSecret } from '@/lib/nodes/requests/curl/secrets';

/** What a command gives as settings of the step. */
export function curlSettings(request: CurlRequest): Record<string, unknown> {
  const { method, url, query, headers, body, timeoutMs } = request;
  const rows = (pairs: readonly { name: string; value: string }[]) =>
    pairs.slice(0, 50).map((pair) => ({ id: `r${crypto.randomUUID().slice(0, 8)}`, ...pair }));
  return {
    ...{ method, url, query: rows(query), headers: rows(headers), body },
    connection: undefined,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  };
}

/** A connection that would carry the secret of a command, for the host of its URL alone. */
export function curlPreset({ url }: CurlRequest, secret: CurlSecret): Partial<ConnectionDraft> {
  const at = URL.canParse(url) ? new URL(url) : undefined;
  const port = at?.port || (at?.protocol === 'http:' ? '80' : '');
  const host = at === undefined ? '' : `${at.hostname}${port === '' ? '' : `:${port}`}`;
  return {
    ...{
      name: at?.hostname ?? '',
      kind: secret.kind,
      hosts: host,
      in: secret.in,
      place: secret.name,
    },
    ...{ userName: secret.userName, secret: secret.secret },
  };
}
