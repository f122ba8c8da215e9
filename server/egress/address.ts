import { networkInterfaces } from 'node:os';
import ipaddr from 'ipaddr.js';

/** Why an address may not be called, for people; undefined when it is an ordinary public one. */
export function refusalOf(address: string): string | undefined {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  if (!ipaddr.isValid(bare)) return 'not an address';
  const parsed = ipaddr.parse(bare);
  const range: string = parsed.range();
  if (range !== 'unicast') return names[range] ?? 'a reserved address';
  // Outside 2000::/3 no address is given out, but some systems route old IPv4 forms such as ::127.0.0.1 there.
  if (parsed.kind() === 'ipv6' && ((parsed.toByteArray()[0] ?? 0) & 0xe0) !== 0x20) {
    return 'a reserved address';
  }
  if (hosts.has(parsed.toNormalizedString())) return 'an address of the cloud’s own host';
  return isOwn(parsed.toNormalizedString()) ? 'an address of this server' : undefined;
}

/** Whether a host of a URL is an address rather than a name. */
export function isAddress(host: string): boolean {
  return ipaddr.isValid(host.replace(/^\[|\]$/g, ''));
}

/** Public by their form, but answered by the host that a cloud's machine runs on: its wire server and DNS. */
const hosts: ReadonlySet<string> = new Set(['168.63.129.16']);

const names: Readonly<Record<string, string>> = {
  loopback: 'an address of this server',
  unspecified: 'an address of this server',
  private: 'a private address',
  uniqueLocal: 'a private address',
  linkLocal: 'a link-local address',
  carrierGradeNat: 'a private address',
  multicast: 'a multicast address',
  broadcast: 'a broadcast address',
};

function isOwn(address: string): boolean {
  return Object.values(networkInterfaces()).some((list) =>
    list?.some(
      (own) => ipaddr.parse(own.address.replace(/%.*$/, '')).toNormalizedString() === address,
    ),
  );
}
