import { z } from 'zod';
import { canonicalHost, isBound } from './hosts';
import { oauthSettings } from './oauth';
import { databaseSchema, imapSchema, smtpSchema } from './servers';

/** Those whose secret is put on a request or signs it, and those that open a server of their own kind. */
export const requestKinds = ['api_key', 'bearer', 'basic', 'oauth2', 'signature'] as const;
export const connectionKinds = [...requestKinds, 'smtp', 'imap', 'postgres', 'mysql'] as const;
export type ConnectionKind = (typeof connectionKinds)[number];
type RequestKind = (typeof requestKinds)[number];

/** Connections of one workspace. */
export const maxConnections = 200;
const maxHosts = 20;
export const maxSecretCharacters = 4_000;

/** Headers that belong to the connection to a server rather than to a request, or that another setting decides. */
const takenHeaders: ReadonlySet<string> = new Set([
  ...['connection', 'content-length', 'content-type', 'expect', 'host', 'keep-alive', 'te'],
  ...['proxy-authorization', 'proxy-connection', 'trailer', 'transfer-encoding', 'upgrade'],
]);

const hostSchema = z
  .string()
  .max(260)
  .overwrite((text) => canonicalHost(text) ?? text)
  .refine((text) => canonicalHost(text) !== undefined, {
    message: 'use a host such as api.example.com, *.example.com or api.example.com:8443',
  });
const reach = {
  /** Hosts that may get the secret: no other one does, also not after a redirect. */
  hosts: z.array(hostSchema).min(1, 'name at least one host').max(maxHosts),
  /** Asked by a GET when somebody tests the connection. */
  testUrl: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .optional(),
};
type Reach = { hosts: string[]; testUrl?: string | undefined };
const withinHosts = ({ hosts, testUrl }: Reach, to: z.RefinementCtx) => {
  if (testUrl === undefined || isBound(hosts, new URL(testUrl))) return;
  to.addIssue({
    code: 'custom',
    path: ['testUrl'],
    message: 'use an address on one of the hosts above',
  });
};

const apiKeySchema = z
  .strictObject({
    ...reach,
    /** `path`: it stands in the address, where `{name}` is written, as bots of Telegram have it. */
    in: z.enum(['header', 'query', 'path']).default('header'),
    /** Name of the header, of the query parameter, or in the braces. */
    name: z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, 'not a valid name'),
  })
  .superRefine((config, to) => {
    withinHosts(config, to);
    if (config.in === 'header' && takenHeaders.has(config.name.toLowerCase())) {
      to.addIssue({ code: 'custom', path: ['name'], message: 'this header cannot be set' });
    }
  });
const bearerSchema = z.strictObject(reach).superRefine(withinHosts);
const basicSchema = z
  .strictObject({
    ...reach,
    userName: z
      .string()
      .max(200)
      .regex(/^[^:\p{C}]*$/u, 'use no ":" and no control characters'),
  })
  .superRefine(withinHosts);

/** What is not secret of a connection, by kind. */
const oauthSchema = z.strictObject({ ...reach, ...oauthSettings }).superRefine((config, to) => {
  withinHosts(config, to);
  if (config.grant === 'authorization_code' && config.authorizeUrl === undefined) {
    const message = 'enter the address at which people sign in';
    to.addIssue({ code: 'custom', path: ['authorizeUrl'], message });
  }
});

export const configSchemas = {
  ...{ api_key: apiKeySchema, bearer: bearerSchema, basic: basicSchema },
  ...{ oauth2: oauthSchema, signature: bearerSchema },
  ...{ smtp: smtpSchema, imap: imapSchema, postgres: databaseSchema, mysql: databaseSchema },
};
export type ConnectionConfig = z.infer<(typeof configSchemas)[ConnectionKind]>;

/** A kind with the settings of that kind. */
export const settingsSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('api_key'), config: apiKeySchema }),
  z.strictObject({ kind: z.literal('bearer'), config: bearerSchema }),
  z.strictObject({ kind: z.literal('basic'), config: basicSchema }),
  z.strictObject({ kind: z.literal('oauth2'), config: oauthSchema }),
  z.strictObject({ kind: z.literal('signature'), config: bearerSchema }),
  z.strictObject({ kind: z.literal('smtp'), config: smtpSchema }),
  z.strictObject({ kind: z.literal('imap'), config: imapSchema }),
  z.strictObject({ kind: z.literal('postgres'), config: databaseSchema }),
  z.strictObject({ kind: z.literal('mysql'), config: databaseSchema }),
]);
export type ConnectionSettings = z.infer<typeof settingsSchema>;
/** Settings of the kinds that steps put on requests. */
export type RequestSettings = Extract<ConnectionSettings, { kind: RequestKind }>;

export const isRequestKind = (kind: ConnectionKind): kind is RequestKind =>
  requestKinds.some((known) => known === kind);

/** The settings of a connection for requests; undefined for one to a server. */
export function forRequests<Given extends ConnectionSettings>(
  given: Given,
): (Given & RequestSettings) | undefined {
  return isForRequests(given) ? given : undefined;
}

const isForRequests = <Given extends ConnectionSettings>(
  given: Given,
): given is Given & RequestSettings => isRequestKind(given.kind);

/** Where the secret may go: whoever adds to this must know the secret. Encryption counts, so that nobody takes it off. */
export function reachOf(given: ConnectionSettings): string[] {
  const sent = forRequests(given);
  if (given.kind === 'oauth2') {
    const { hosts, tokenUrl, authorizeUrl = '', clientId, scopes, grant } = given.config;
    return [
      ...hosts,
      `token ${tokenUrl}`,
      `sign-in ${authorizeUrl} ${clientId} ${grant} ${scopes}`,
    ];
  }
  if (sent !== undefined) return sent.config.hosts;
  const server = forServer(given);
  if (server === undefined) return [];
  const { host, port, security, certificate = '' } = server.config;
  return [`${host}:${port} ${security} ${certificate}`];
}

/** The same for people. */
export function hostsOf(given: ConnectionSettings): string[] {
  const sent = forRequests(given);
  if (sent !== undefined) return sent.config.hosts;
  const server = forServer(given);
  return server === undefined ? [] : [`${server.config.host}:${server.config.port}`];
}

/** Settings of the kinds that open a server of their own kind. */
type ServerSettings = Exclude<ConnectionSettings, RequestSettings>;

const forServer = (given: ConnectionSettings): ServerSettings | undefined =>
  isForServer(given) ? given : undefined;

const isForServer = (given: ConnectionSettings): given is ServerSettings =>
  !isRequestKind(given.kind);

/** Printable, so that a header can carry it and no error has to quote it. */
export const secretSchema = z
  .string()
  .trim()
  .min(1, 'enter the secret')
  .max(maxSecretCharacters, `use at most ${maxSecretCharacters} characters`)
  .regex(/^[^\p{C}\p{Zl}\p{Zp}]*$/u, 'it contains invalid characters: copy it again');

/** Empty where a server asks for no password. */
export const optionalSecretSchema = z.union([z.literal(''), secretSchema]).default('');

/** What a connection sets; what is entered by hand under that name is not sent. */
export function placeOf(settings: RequestSettings): {
  in: 'header' | 'query' | 'path';
  name: string;
} {
  if (settings.kind === 'signature') return { in: 'header', name: 'Webhook-Signature' };
  if (settings.kind !== 'api_key') return { in: 'header', name: 'Authorization' };
  return { in: settings.config.in, name: settings.config.name };
}
