import type { Connection } from '@/lib/connections/contract';
import { forRequests } from '@/lib/connections/schema';

/** Whether the product can try its credentials: at a server always, elsewhere at the test address. */
export function isTestable(connection: Connection): boolean {
  const sent = forRequests(connection);
  // Nobody has signed in to it yet.
  if (connection.signIn !== null && connection.signIn.state !== 'ok') return false;
  return sent === undefined || sent.kind === 'oauth2' || sent.config.testUrl !== undefined;
}
