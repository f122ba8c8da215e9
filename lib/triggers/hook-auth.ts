import { z } from 'zod';

/** How a webhook knows who sends. The kinds are stored, so they never change. */
export const hookAuthKinds = [
  'none',
  'header',
  'basic',
  'github',
  'stripe',
  'shopify',
  'slack',
  'standard',
] as const;
export type HookAuthKind = (typeof hookAuthKinds)[number];

/** Headers that carry the request itself, or that a proxy writes: no secret stands there. */
const carried =
  /^(host|connection|content-.*|transfer-encoding|te|upgrade|cookie|origin|forwarded|via|x-forwarded-.*|x-real-ip|x-ensemble-.*)$/i;

const headerName = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, 'enter the name of a header, such as X-Token')
  .refine((name) => !carried.test(name), 'this header cannot carry a secret');

export const hookAuthSchema = z.discriminatedUnion('kind', [
  /** The address itself is the secret. */
  z.strictObject({ kind: z.literal('none') }),
  /** A header holds the secret; in `Authorization`, `Bearer ` may stand before it. */
  z.strictObject({ kind: z.literal('header'), name: headerName }),
  /** HTTP Basic: this user, with the secret as password. */
  z.strictObject({
    kind: z.literal('basic'),
    user: z
      .string()
      .trim()
      .regex(/^[^:\p{Cc}]{1,100}$/u, 'enter a user name without a colon'),
  }),
  z.strictObject({ kind: z.literal('github') }),
  z.strictObject({ kind: z.literal('stripe') }),
  z.strictObject({ kind: z.literal('shopify') }),
  z.strictObject({ kind: z.literal('slack') }),
  /** Standard Webhooks. */
  z.strictObject({ kind: z.literal('standard') }),
]);
export type HookAuth = z.output<typeof hookAuthSchema>;

/** What somebody else made as a secret, or chose. */
export const hookSecretSchema = z
  .string()
  .trim()
  .min(8, 'use at least 8 characters')
  .max(500, 'use at most 500 characters')
  .regex(/^[\x20-\x7e]+$/, 'use letters, digits and signs of ASCII only');

/** Who makes the secret: we, or the sender, who shows it. Of the others, one may be given instead of ours. */
export const senderMakesSecret = (kind: HookAuthKind): boolean =>
  kind === 'stripe' || kind === 'shopify' || kind === 'slack';

/** Whether a secret that somebody enters can be used. An address must be one that nobody can guess. */
export const takesSecret = (kind: HookAuthKind): boolean => kind !== 'none' && kind !== 'standard';

/** Where to send requests: the address, with the secret as its end where the address is the secret. */
export const hookAddress = (url: string, { kind }: HookAuth, secret: string): string =>
  kind === 'none' ? `${url}/${secret}` : url;
