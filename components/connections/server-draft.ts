import type { Connection } from '@/lib/connections/contract';
import type { ConnectionKind } from '@/lib/connections/schema';
import type { securities } from '@/lib/connections/servers';

type Security = (typeof securities)[number];

/** A server in the form. */
export type ServerDraft = {
  host: string;
  port: string;
  security: Security;
  certificate: string;
  /** Sender of emails. */
  from: string;
  /** Name of the database on the server. */
  database: string;
};

type ServerConnection = Extract<Connection, { kind: 'smtp' | 'imap' | 'postgres' | 'mysql' }>;

/** The usual port of each kind of server, by how it is encrypted. */
const ports: Readonly<Partial<Record<ConnectionKind, Record<Security, string>>>> = {
  smtp: { starttls: '587', tls: '465', none: '25' },
  imap: { starttls: '143', tls: '993', none: '143' },
  postgres: { starttls: '5432', tls: '5432', none: '5432' },
  mysql: { starttls: '3306', tls: '3306', none: '3306' },
};

export function emptyServer(kind: ConnectionKind): ServerDraft {
  const security = kind === 'smtp' ? 'starttls' : 'tls';
  const port = ports[kind]?.[security] ?? '';
  return { host: '', port, security, certificate: '', from: '', database: '' };
}

export function serverDraftOf(given: ServerConnection): ServerDraft {
  const { host, port, security, certificate = '' } = given.config;
  return {
    ...{ host, port: String(port), security, certificate },
    from: given.kind === 'smtp' ? given.config.from : '',
    database: 'database' in given.config ? given.config.database : '',
  };
}

/** Another encryption, with its usual port where the port was the usual one. */
export function withSecurity(
  server: ServerDraft,
  kind: ConnectionKind,
  security: Security,
): ServerDraft {
  const usual = ports[kind];
  const port = server.port === usual?.[server.security] ? usual[security] : server.port;
  return { ...server, security, port };
}
