import type { NewConnection } from '@/components/data/connection-queries';
import type { Connection } from '@/lib/connections/contract';
import { type ConnectionKind, isRequestKind } from '@/lib/connections/schema';
import {
  emptyOauth,
  neededOauth,
  type OauthDraft,
  oauthConfigOf,
  oauthDraftOf,
} from './oauth-draft';
import { emptyServer, type ServerDraft, serverDraftOf } from './server-draft';

/** A connection as it stands in the form: texts, whatever the kind. */
export type ConnectionDraft = {
  name: string;
  kind: ConnectionKind;
  hosts: string;
  testUrl: string;
  in: 'header' | 'query' | 'path';
  /** Name of the header, of the query parameter, or in the braces. */
  place: string;
  userName: string;
  secret: string;
  server: ServerDraft;
  oauth: OauthDraft;
  /** Workflows that may use it; null: all. */
  allowedWorkflowIds: string[] | null;
  /** People who alone may put it to use; null: everybody. */
  allowedUserIds: string[] | null;
};

export function draftOf(given?: Connection, kind: ConnectionKind = 'api_key'): ConnectionDraft {
  const empty: ConnectionDraft = {
    ...{ name: '', kind, hosts: '', testUrl: '', in: 'header', place: 'X-API-Key', userName: '' },
    ...{ secret: '', server: emptyServer(kind), oauth: emptyOauth, allowedWorkflowIds: null },
    allowedUserIds: null,
  };
  if (given === undefined) return empty;
  const { name, allowedWorkflowIds, allowedUserIds } = given;
  const common = { ...empty, name, kind: given.kind, allowedWorkflowIds, allowedUserIds };
  if (isForServer(given)) {
    return { ...common, userName: given.config.userName, server: serverDraftOf(given) };
  }
  const { hosts, testUrl = '' } = given.config;
  return {
    ...{ ...common, hosts: hosts.join('\n'), testUrl },
    ...(given.kind === 'api_key' ? { in: given.config.in, place: given.config.name } : {}),
    ...(given.kind === 'basic' ? { userName: given.config.userName } : {}),
    ...(given.kind === 'oauth2' ? { oauth: oauthDraftOf(given) } : {}),
  };
}

type ServerConnection = Extract<Connection, { kind: 'smtp' | 'imap' | 'postgres' | 'mysql' }>;

const isForServer = (given: Connection): given is ServerConnection => !isRequestKind(given.kind);

/** The same draft as one of another kind: what both have stays. */
export function withKind(draft: ConnectionDraft, kind: ConnectionKind): ConnectionDraft {
  return { ...draft, kind, server: { ...emptyServer(kind), host: draft.server.host } };
}

/** The kind with its settings, as the API takes them. */
export function settingsOf(draft: ConnectionDraft) {
  const testUrl = draft.testUrl.trim();
  const reach = {
    hosts: draft.hosts.split(/[\s,]+/).filter((host) => host !== ''),
    ...(testUrl === '' ? {} : { testUrl }),
  };
  const { host, port, security, certificate, from, database } = draft.server;
  const server = {
    ...{ host: host.trim(), port: Number(port) },
    ...(certificate.trim() === '' ? {} : { certificate: certificate.trim() }),
    userName: draft.userName.trim(),
  };
  switch (draft.kind) {
    case 'api_key':
      return {
        kind: draft.kind,
        config: { ...reach, in: draft.in, name: draft.place.trim() },
      };
    case 'bearer':
    case 'signature':
      return { kind: draft.kind, config: reach };
    case 'basic':
      return { kind: draft.kind, config: { ...reach, userName: draft.userName } };
    case 'oauth2':
      return { kind: draft.kind, config: { ...reach, ...oauthConfigOf(draft.oauth) } };
    case 'smtp':
      return { kind: draft.kind, config: { ...server, security, from: from.trim() } };
    case 'imap': {
      const encrypted = security === 'starttls' ? ('starttls' as const) : ('tls' as const);
      return { kind: draft.kind, config: { ...server, security: encrypted } };
    }
    case 'postgres':
    case 'mysql': {
      const encrypted = security === 'none' ? ('none' as const) : ('tls' as const);
      const config = { ...server, security: encrypted, database: database.trim() };
      return { kind: draft.kind, config };
    }
  }
}

export function newConnectionOf(draft: ConnectionDraft): NewConnection {
  const { name, secret, allowedWorkflowIds, allowedUserIds } = draft;
  const allowed = { allowedWorkflowIds, allowedUserIds };
  return { ...settingsOf(draft), name: name.trim(), secret, ...allowed };
}

/** Whether something is missing that the server would ask for. */
export function isIncomplete(draft: ConnectionDraft, isNew: boolean): boolean {
  const nobody = draft.allowedUserIds?.length === 0;
  return nobody || neededOf(draft, isNew).some((text) => text.trim() === '');
}

function neededOf({ kind, server, ...draft }: ConnectionDraft, isNew: boolean): string[] {
  const secret = isNew ? [draft.secret] : [];
  switch (kind) {
    case 'api_key':
      return [draft.name, draft.hosts, draft.place, ...secret];
    case 'bearer':
    case 'basic':
    case 'signature':
      return [draft.name, draft.hosts, ...secret];
    case 'oauth2':
      return [draft.name, draft.hosts, ...neededOauth(draft.oauth)];
    case 'smtp':
      return [draft.name, server.host, server.port, server.from];
    case 'imap':
      return [draft.name, server.host, server.port, draft.userName, ...secret];
    case 'postgres':
    case 'mysql':
      return [draft.name, server.host, server.port, server.database, draft.userName, ...secret];
  }
}
