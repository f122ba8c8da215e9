import type { HookAuth } from '@/lib/triggers/hook-auth';
import { isSame, type Scheme } from './scheme';

/** The end of the address is the secret. */
export const addressScheme: Scheme = {
  signsBody: false,
  refuse: ({ token }) =>
    token === undefined ? 'The address is not complete: its secret end is missing.' : undefined,
  proves: (secret, { token }) => isSame(secret, token ?? ''),
  wrong: 'The end of the address is wrong, or an old one.',
};

/** A header holds the secret. */
export function headerScheme({ name }: Extract<HookAuth, { kind: 'header' }>): Scheme {
  const bearer = name.toLowerCase() === 'authorization';
  return {
    signsBody: false,
    refuse: ({ headers }) => (headers.has(name) ? undefined : missing(name)),
    proves(secret, { headers }) {
      const value = headers.get(name) ?? '';
      return isSame(secret, bearer ? value.replace(/^Bearer +/i, '') : value);
    },
    wrong: `The header ${name} holds another value than the secret.`,
  };
}

/** HTTP Basic with the secret as password. */
export function basicScheme({ user }: Extract<HookAuth, { kind: 'basic' }>): Scheme {
  return {
    signsBody: false,
    refuse({ headers }) {
      const value = headers.get('authorization');
      if (value === null) return missing('Authorization');
      return /^Basic +[A-Za-z0-9+/=]+$/i.test(value)
        ? undefined
        : 'The header Authorization is not of the kind Basic.';
    },
    proves(secret, { headers }) {
      const encoded = (headers.get('authorization') ?? '').replace(/^Basic +/i, '');
      return isSame(`${user}:${secret}`, Buffer.from(encoded, 'base64').toString('utf8'));
    },
    wrong: 'The user name or the password is wrong.',
  };
}

export const missing = (name: string) => `The header ${name} is missing.`;
