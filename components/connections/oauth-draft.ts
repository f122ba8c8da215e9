import type { Connection } from '@/lib/connections/contract';

type OauthConnection = Extract<Connection, { kind: 'oauth2' }>;
type Config = OauthConnection['config'];

/** The settings of OAuth 2 in the form. */
export type OauthDraft = {
  grant: Config['grant'];
  authorizeUrl: string;
  tokenUrl: string;
  clientId: string;
  scopes: string;
  issuer: string;
  clientAuth: Config['clientAuth'];
};

export const emptyOauth: OauthDraft = {
  ...{ grant: 'authorization_code', authorizeUrl: '', tokenUrl: '', clientId: '', scopes: '' },
  ...{ issuer: '', clientAuth: 'basic' },
};

export function oauthDraftOf({ config }: OauthConnection): OauthDraft {
  const { grant, authorizeUrl = '', tokenUrl, clientId, scopes, issuer = '', clientAuth } = config;
  return { grant, authorizeUrl, tokenUrl, clientId, scopes, issuer, clientAuth };
}

export function oauthConfigOf({ authorizeUrl, issuer, ...draft }: OauthDraft) {
  const signIn = draft.grant === 'authorization_code';
  return {
    ...draft,
    ...{ tokenUrl: draft.tokenUrl.trim(), clientId: draft.clientId.trim() },
    scopes: draft.scopes.trim(),
    ...(signIn && authorizeUrl.trim() !== '' ? { authorizeUrl: authorizeUrl.trim() } : {}),
    ...(signIn && issuer.trim() !== '' ? { issuer: issuer.trim() } : {}),
  };
}

/** What the server would ask for. */
export const neededOauth = ({ grant, authorizeUrl, tokenUrl, clientId }: OauthDraft): string[] => [
  tokenUrl,
  clientId,
  ...(grant === 'authorization_code' ? [authorizeUrl] : []),
];
