import type { lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent, buildConnector } from 'undici';
import { StepError } from '@/lib/nodes/node-type/define-node';
import { isAddress, refusalOf } from './address';

/** A host (name or address, lower case) that may be private; without a port, on any. */
export type AllowedOrigin = Readonly<{ host: string; port: number | undefined }>;

/** Finds the addresses of a name; tests put their own in place of the system's. */
export type Lookup = typeof systemLookup;

/**
 * Connections which go only to public addresses and to the allowed origins. Every address is checked at the
 * moment of connecting: names in the lookup hook, and literal addresses, which skip that hook, before it.
 * A pooled connection was checked when it was opened, so agents with different lists must not be shared.
 */
export function createGuard(allowed: readonly AllowedOrigin[], lookup: Lookup): Agent {
  const options = { timeout: 10_000, autoSelectFamily: true };
  const open = buildConnector({ ...options, lookup: lookup as LookupFunction });
  return new Agent({
    bodyTimeout: 0,
    headersTimeout: 0,
    connect(target, callback) {
      const host = target.hostname.replace(/^\[|\]$/g, '').toLowerCase();
      const port = Number(target.port || (target.protocol === 'https:' ? 443 : 80));
      const may = (name: string) => isAllowed(allowed, name, port);
      if (may(host)) return open(target, callback);
      if (isAddress(host)) {
        const reason = refusalOf(host);
        if (reason !== undefined) return callback(refused(host, reason), null);
      }
      return buildConnector({ ...options, lookup: checkedLookup(lookup, may) })(target, callback);
    },
  });
}

/** Whether the list names this host (or address) on this port. */
export function isAllowed(list: readonly AllowedOrigin[], host: string, port: number): boolean {
  return list.some(
    (entry) => entry.host === host && (entry.port === undefined || entry.port === port),
  );
}

/** Looks a name up and refuses it where one of its addresses may not be called. */
export function checkedLookup(lookup: Lookup, may: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      for (const { address } of addresses) {
        const reason = may(address) ? undefined : refusalOf(address);
        if (reason !== undefined) return callback(refused(hostname, reason), []);
      }
      const first = addresses[0];
      if (first === undefined) return callback(notFound(hostname), []);
      if (options.all) return callback(null, addresses);
      return callback(null, first.address, first.family);
    });
  };
}

export function refused(host: string, reason: string): StepError {
  return new StepError(
    'address_refused',
    `${host} is ${reason}; only public addresses can be called. The operator can allow it with ENSEMBLE_EGRESS_ALLOW.`,
  );
}

function notFound(host: string): StepError {
  return new StepError('network_failed', `${host} has no address.`, { retryable: true });
}
