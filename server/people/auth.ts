import { apiKey } from '@better-auth/api-key';
import { betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { isAPIError } from 'better-auth/api';
import { organization, twoFactor } from 'better-auth/plugins';
import { passwordLength } from '@/lib/people/schema';
import type { Config } from '@/server/config';
import type { Prisma } from '@/server/db/prisma';
import { addressHeader } from '@/server/front/client';
import { isOwnHost } from '@/server/front/own-host';
import type { Log } from '@/server/log';
import { accessControl, accessRoles } from './access';
import type { Passwords } from './passwords';
import { firstWorkspaceOf } from './store';

const day = 86_400;

/** What {@link createAuth} needs of the process. */
export type AuthParts = { config: Config; prisma: Prisma; log: Log; passwords: Passwords };

/**
 * Accounts, sessions and API keys on better-auth. Nobody signs up through it: accounts are made by
 * `setUpOwner` and by an invitation's link alone, so every other way to a new user is refused here.
 * Cookies are host-only, HttpOnly and Lax, and Secure when the public address is https.
 */
export function createAuth({ config, prisma, log, passwords }: AuthParts) {
  return betterAuth({
    appName: 'Ensemble',
    baseURL: config.url,
    basePath: '/api/auth',
    secret: config.authSecret,
    database: prismaAdapter(prisma, { provider: 'postgresql', transaction: true }),
    trustedOrigins: (request) => trustedOrigins(config, request?.headers),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordLength.min,
      maxPasswordLength: passwordLength.max,
      password: passwords,
    },
    session: { expiresIn: 30 * day, updateAge: day },
    rateLimit: {
      enabled: true,
      storage: 'database',
      window: 60,
      max: 600,
      customRules: {
        // Tries of passwords are counted before they are looked at: `sign-in-limit.ts`.
        '/sign-in/email': false,
        '/change-password': false,
        '/get-session': false,
        '/sign-out': false,
        // Wrong codes lock the account by themselves: all members of an office may come from one address.
        '/two-factor/*': { window: 60, max: 60 },
      },
    },
    advanced: {
      // `respondAuth` checks the origin of every change itself, by the one rule of all routes; better-auth's own
      // check would also refuse programs that are no browser.
      disableCSRFCheck: true,
      disableOriginCheck: false,
      cookiePrefix: 'ensemble',
      ipAddress: { ipAddressHeaders: [addressHeader] },
      useSecureCookies: config.url.startsWith('https://'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
    },
    databaseHooks: {
      user: { create: { before: async () => false } },
      session: {
        create: {
          before: async (session) => ({
            data: {
              ...session,
              activeOrganizationId: await firstWorkspaceOf(prisma, session.userId),
            },
          }),
        },
      },
    },
    plugins: [
      organization({
        ac: accessControl,
        roles: accessRoles,
        creatorRole: 'owner',
        allowUserToCreateOrganization: false,
        disableOrganizationDeletion: true,
      }),
      // Ten wrong codes in a row lock the second step of an account for 15 minutes.
      twoFactor({ issuer: 'Ensemble' }),
      apiKey({
        defaultPrefix: 'ens_',
        defaultKeyLength: 48,
        maximumNameLength: 100,
        enableMetadata: true,
        startingCharactersConfig: { shouldStore: true, charactersLength: 8 },
        // A request is counted by the surface that it asks, not by the key that it shows.
        rateLimit: { enabled: false },
      }),
    ],
    logger: {
      level: 'warn',
      // better-auth warns of every wrong password with the same line: keep it at debug.
      log: (level, message) =>
        level === 'error'
          ? log.error({ part: 'auth' }, message)
          : log.debug({ part: 'auth' }, message),
    },
    // What is no answer of better-auth's own goes to the route, which logs it and tells 500 or 503.
    onAPIError: {
      onError: (error) => {
        if (!isAPIError(error)) throw error;
      },
    },
    telemetry: { enabled: false },
  });
}

export type Auth = ReturnType<typeof createAuth>;

/**
 * Origins whose pages may change something with a person's cookie: the public address, and the address under which the
 * request itself came, where that is one of ours. Cookies are host-only, so a foreign page can be neither.
 */
export function trustedOrigins(config: Pick<Config, 'url'>, headers?: Headers): string[] {
  const host = headers?.get('host');
  const own = host && isOwnHost(config, host) ? [`http://${host}`, `https://${host}`] : [];
  return [new URL(config.url).origin, ...own];
}
