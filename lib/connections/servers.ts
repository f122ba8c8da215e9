import { z } from 'zod';
import { isOneAddress } from '@/lib/mail/addresses';
import { canonicalHost } from './hosts';

/** How a connection to a server is encrypted: from the start, by STARTTLS, or not at all. */
export const securities = ['tls', 'starttls', 'none'] as const;

const visible = /^[^\p{C}\p{Zl}\p{Zp}]*$/u;
const serverHost = z
  .string()
  .trim()
  .max(255)
  .refine((text) => isServerHost(text), { message: 'use a host such as mail.example.com' })
  .overwrite((text) => canonicalHost(text) ?? text);
/** A host alone, without port or wildcard. */
function isServerHost(text: string): boolean {
  const host = canonicalHost(text);
  return host !== undefined && !host.startsWith('*.') && !/[^\]:]:\d+$|\]:\d+$/.test(host);
}
const port = z.int().min(1).max(65_535);
const userName = z.string().trim().max(320).regex(visible, 'it contains invalid characters');
/** The certificate of an own authority, where the server's is signed by none that everybody knows. Not secret. */
const certificate = z
  .string()
  .trim()
  .max(20_000)
  .regex(
    /^(-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----\s*)+$/,
    'paste a certificate that begins with -----BEGIN CERTIFICATE-----',
  )
  .optional();

const encryption = { security: z.enum(securities).default('starttls'), certificate };

/** A password never travels where everybody can read it. */
function withoutOpenPassword(
  { security, userName: user }: { security: string; userName: string },
  to: z.RefinementCtx,
): void {
  if (security !== 'none' || user === '') return;
  const message = 'a password needs encryption: choose TLS or STARTTLS';
  to.addIssue({ code: 'custom', path: ['security'], message });
}

export const smtpSchema = z
  .strictObject({
    host: serverHost,
    port: port.default(587),
    ...encryption,
    /** Empty where the server asks for none; there is no password then. */
    userName: userName.default(''),
    /** Who sends, unless a step says otherwise. */
    from: z
      .string()
      .trim()
      .max(400)
      .refine(isOneAddress, 'enter an address such as Shop <shop@example.com>'),
  })
  .superRefine(withoutOpenPassword);

/** A mailbox that is read by IMAP. A password is always needed, and so is encryption. */
export const imapSchema = z.strictObject({
  host: serverHost,
  port: port.default(993),
  security: z.enum(['tls', 'starttls']).default('tls'),
  certificate,
  userName: userName.min(1, 'enter the user name'),
});

/** PostgreSQL and MySQL. Without encryption only where nobody else listens: a network of one's own. */
export const databaseSchema = z.strictObject({
  host: serverHost,
  port,
  database: z
    .string()
    .trim()
    .min(1, 'enter the name of the database')
    .max(128)
    .regex(visible, 'it contains invalid characters'),
  userName: userName.min(1, 'enter the user name'),
  security: z.enum(['tls', 'none']).default('tls'),
  certificate,
});
