import { connect, type Socket } from 'node:net';
import { StepError } from '@/lib/nodes/node-type/define-node';
import { isAddress, refusalOf } from './address';
import { type AllowedOrigin, checkedLookup, isAllowed, type Lookup, refused } from './guard';
import { explained } from './send';

export type Target = { host: string; port: number; timeoutMs: number; signal?: AbortSignal };

/**
 * An open connection to a server that speaks no HTTP, under the same rules: public addresses, and those that the operator
 * allows. The address is checked as it is connected to. Throws `StepError` `address_refused`, `network_failed`; the reason of
 * `signal` when that aborts.
 */
export async function openSocket(
  { host: given, port, timeoutMs, signal }: Target,
  allowed: readonly AllowedOrigin[],
  lookup: Lookup,
): Promise<Socket> {
  signal?.throwIfAborted();
  const host = given.replace(/^\[|\]$/g, '').toLowerCase();
  const may = (name: string) => isAllowed(allowed, name, port);
  if (isAddress(host) && !may(host)) {
    const reason = refusalOf(host);
    if (reason !== undefined) throw refused(host, reason);
  }
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const check = may(host) ? () => true : may;
  const socket = connect({
    host,
    port,
    lookup: checkedLookup(lookup, check),
    autoSelectFamily: true,
  });
  const late = setTimeout(() => {
    const message = `${given} did not accept the connection in time.`;
    reject(new StepError('network_failed', message, { retryable: true }));
  }, timeoutMs);
  const onAbort = () => reject(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  const onError = (error: Error) => reject(explained(error, given));
  socket.once('error', onError);
  socket.once('connect', () => resolve(socket));
  try {
    return await promise;
  } catch (error) {
    socket.on('error', () => undefined);
    socket.destroy();
    throw error;
  } finally {
    clearTimeout(late);
    signal?.removeEventListener('abort', onAbort);
    socket.off('error', onError);
  }
}
