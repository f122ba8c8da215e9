import type { ConnectionKind } from '@/lib/connections/schema';

/** What people read for each kind, and for its secret. */
export const kindTitles: Readonly<Record<ConnectionKind, string>> = {
  api_key: 'API key',
  bearer: 'Bearer token',
  basic: 'User name and password',
  oauth2: 'OAuth 2',
  signature: 'Webhook signature',
  smtp: 'Email server (SMTP)',
  imap: 'Mailbox (IMAP)',
  postgres: 'PostgreSQL',
  mysql: 'MySQL or MariaDB',
};
export const secretTitles: Readonly<Record<ConnectionKind, string>> = {
  api_key: 'API key',
  bearer: 'Token',
  basic: 'Password',
  oauth2: 'Client secret',
  signature: 'Signing secret',
  smtp: 'Password',
  imap: 'Password or app password',
  postgres: 'Password',
  mysql: 'Password',
};

/** The list to choose from, in groups. */
export const kindGroups: readonly { label: string; kinds: readonly ConnectionKind[] }[] = [
  { label: 'Web services', kinds: ['api_key', 'bearer', 'basic', 'oauth2', 'signature'] },
  { label: 'Email', kinds: ['smtp', 'imap'] },
  { label: 'Databases', kinds: ['postgres', 'mysql'] },
];
