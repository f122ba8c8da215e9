/**
 * A host as a connection is bound to it: `api.example.com`, `*.example.com` (each name below it), either with a port.
 * Undefined for what is none. A wildcard stands above two names at least, so that none covers a whole top-level domain.
 */
export function canonicalHost(text: string): string | undefined {
  const [, wild = '', rest = ''] = /^(\*\.)?(.*)$/s.exec(text.trim()) ?? [];
  if (!/^(?:\[[0-9a-f:.]+\]|[^\s/\\?#@:*[\]%]+)(?::\d{1,5})?$/i.test(rest)) return undefined;
  if (!URL.canParse(`https://${rest}`)) return undefined;
  const { host, hostname } = new URL(`https://${rest}`);
  if (hostname.endsWith('.') || hostname.includes('..')) return undefined;
  const isName = /\.[^.\d][^.]*$/.test(hostname) && !hostname.startsWith('[');
  return wild === '' || isName ? wild + host : undefined;
}

/**
 * Whether a request to this URL may carry the secret. A host without a port means https on its usual port: whoever wants
 * another one, or plain http, has to write the port.
 */
export function isBound(hosts: readonly string[], url: URL): boolean {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return hosts.some((entry) => {
    const wild = entry.startsWith('*.');
    const bound = wild ? entry.slice(2) : entry;
    if (!URL.canParse(`https://${bound}`)) return false;
    const at = new URL(`https://${bound}`);
    if ((at.port || '443') !== port || (at.port === '' && url.protocol !== 'https:')) return false;
    return wild ? url.hostname.endsWith(`.${at.hostname}`) : url.hostname === at.hostname;
  });
}
