import type { ConnectionKind } from '@/lib/connections/schema';

/** What people read for each kind, and for its secret. */
export const kindTitles: Readonly<Record<ConnectionKind, string>> = {
  api_key: 'API key',
  bearer: 'Bearer token',
  basic: 'User name and password',
};
export const secretTitles: Readonly<Record<ConnectionKind, string>> = {
  api_key: 'API key',
  bearer: 'Token',
  basic: 'Password',
};
