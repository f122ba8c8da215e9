import { z } from 'zod';

/** An address of a provider: encrypted, except on this machine, where its operator tests. */
const providerUrl = z
  .url({ protocol: /^https?$/, error: 'enter an address that begins with https://' })
  .max(2_000)
  .refine((text) => isSafe(text), 'use https')
  .refine((text) => !text.includes('#'), 'leave out what follows #');

function isSafe(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

/** How a connection gets its access tokens. */
const grants = ['authorization_code', 'client_credentials'] as const;

export const oauthSettings = {
  grant: z.enum(grants).default('authorization_code'),
  /** Where people sign in; only for the grant that needs them. */
  authorizeUrl: providerUrl.optional(),
  tokenUrl: providerUrl,
  clientId: z
    .string()
    .trim()
    .min(1, 'enter the client ID')
    .max(500)
    .regex(/^[\x20-\x7e]*$/, 'it contains invalid characters'),
  scopes: z
    .string()
    .trim()
    .max(2_000)
    .regex(/^[\x21\x23-\x5b\x5d-\x7e ]*$/, 'separate scopes by spaces')
    .default(''),
  /** Who must say that a sign-in came from them (RFC 9207); empty where the provider does not say it. */
  issuer: providerUrl.optional(),
  /** How the client proves who it is to the provider. */
  clientAuth: z.enum(['basic', 'body']).default('basic'),
};

/** What a connection that people sign in to has: `again` when the provider no longer takes what it gave. */
export const signInSchema = z.strictObject({
  state: z.enum(['missing', 'ok', 'again']),
  /** What the provider said when it refused. */
  problem: z.string().nullable(),
  signedInAt: z.iso.datetime().nullable(),
});
export type SignIn = z.infer<typeof signInSchema>;
