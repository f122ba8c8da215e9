import type { ServiceAuth } from '../schema';

/** How a service of Google is asked: with an access token of OAuth 2, for these scopes. */
export const googleAuth = (host: string, scopes: string[]): ServiceAuth => ({
  kind: 'oauth2',
  hosts: [host],
  scopes: scopes.map((scope) => `https://www.googleapis.com/auth/${scope}`),
  help: `OAuth 2 of Google with the scope ${scopes.map((scope) => `auth/${scope}`).join(' or ')}.`,
});
