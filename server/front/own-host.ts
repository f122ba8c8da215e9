import ipaddr from 'ipaddr.js';

/** Whether a host name or address means this machine itself. */
export function isLoopbackName(name: string): boolean {
  const bare = name.toLowerCase().replace(/^\[|\]$/g, '');
  if (bare === 'localhost' || bare.endsWith('.localhost')) return true;
  return ipaddr.isValid(bare) && ipaddr.process(bare).range() === 'loopback';
}

/** The name in a `Host` header, without its port; undefined for what is no such header. */
export function hostName(host: string | null | undefined): string | undefined {
  if (!host || !/^[\w.[\]:-]{1,255}$/.test(host)) return undefined;
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : undefined;
}

/**
 * Whether a request was meant for us: its `Host` is that of `ENSEMBLE_URL`, or a name of this machine. Any other name
 * belongs to somebody who made it point here (DNS rebinding), and its pages must not become pages of ours.
 */
export function isOwnHost(config: { url: string }, host: string | null | undefined): boolean {
  const name = hostName(host);
  if (name === undefined) return false;
  return name === new URL(config.url).hostname || isLoopbackName(name);
}
