import { countedAddress } from './client-address';

/** Set by the gate alone, on every request: where it really comes from. */
export const addressHeader = 'x-ensemble-address';
/** Set by the gate alone, on requests that came through a proxy. */
export const forwardedHeader = 'x-ensemble-forwarded';

/** The address that a request counts for, as the gate noted it; undefined where none stood in the way (tests). */
export function addressOf(headers: Headers): string | undefined {
  const address = headers.get(addressHeader);
  return address === null ? undefined : countedAddress(address);
}

/** Whether a request came through a proxy, whoever runs that. */
export function wasForwarded(headers: Headers): boolean {
  return headers.has(forwardedHeader);
}
