import ipaddr from 'ipaddr.js';

/** Networks whose `X-Forwarded-For` is believed: an address and how many of its bits count. */
export type Network = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

/** Networks from `10.0.0.0/8, 127.0.0.1, loopback`; undefined for a part that is none. */
export function parseNetworks(text: string): Network[] | undefined {
  const networks: Network[] = [];
  for (const part of text.split(',').map((one) => one.trim())) {
    if (part === '') continue;
    const written = part === 'loopback' ? ['127.0.0.0/8', '::1/128'] : [part];
    for (const one of written) {
      if (ipaddr.isValidCIDR(one)) networks.push(ipaddr.parseCIDR(one));
      else if (ipaddr.IPv4.isValidFourPartDecimal(one) || ipaddr.IPv6.isValid(one)) {
        const address = ipaddr.process(one);
        networks.push([address, address.kind() === 'ipv4' ? 32 : 128]);
      } else return undefined;
    }
  }
  return networks;
}

/**
 * Where a request comes from: the other end of its socket, or, when that is a proxy of ours, the last address in
 * `X-Forwarded-For` that is not one of our proxies. What anybody may write there is not believed.
 */
export function clientAddress(
  socketAddress: string | undefined,
  forwardedFor: string | undefined,
  trusted: readonly Network[],
): string {
  const chain = (forwardedFor ?? '').split(',').map((one) => one.trim());
  let address = plain(socketAddress ?? '');
  while (isTrusted(address, trusted)) {
    const before = plain(chain.pop() ?? '');
    if (before === '') break;
    address = before;
  }
  return address;
}

/** Whether an address is one of the networks. */
export function isTrusted(address: string, trusted: readonly Network[]): boolean {
  if (trusted.length === 0 || !ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return trusted.some(
    ([network, bits]) => network.kind() === parsed.kind() && parsed.match(network, bits),
  );
}

/** Who counts as one: the address, for IPv6 its /64, since one customer of a provider has all of that. */
export function countedAddress(address: string): string {
  if (!ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  const bytes = parsed.toByteArray().map((byte, index) => (index < 8 ? byte : 0));
  return `${ipaddr.fromByteArray(bytes).toString()}/64`;
}

/** Without a zone or a port, and an IPv4 address as such; empty for what is no address. */
function plain(text: string): string {
  const bare = /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? text.replace(/^([\d.]+):\d+$/, '$1');
  const address = bare.replace(/%.*$/, '');
  return ipaddr.isValid(address) ? ipaddr.process(address).toString() : '';
}
