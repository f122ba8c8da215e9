import { at, textsIn } from '@/lib/values/unknown';
import { ApiError } from './call';

/**
 * Opens a session in this browser; `code` where the account wants a code first. Throws {@link ApiError} with a sentence for
 * the person.
 */
export async function signIn(email: string, password: string): Promise<'done' | 'code'> {
  const said = await askAuth('sign-in/email', { email, password });
  return at(said, 'twoFactorRedirect') === true ? 'code' : 'done';
}

/** The second step: a code of the app, or one of those that were written down. Throws as {@link signIn}. */
export async function enterCode(code: string, trustDevice: boolean): Promise<void> {
  const plain = code.replace(/\s/g, '');
  const isOfApp = /^\d{6}$/.test(plain);
  await askAuth(isOfApp ? 'two-factor/verify-totp' : 'two-factor/verify-backup-code', {
    ...{ code: plain, trustDevice },
  });
}

/** Begins to turn two-factor on: the address for the app, and codes to write down. It is on with the first {@link enterCode}. */
export async function beginTwoFactor(
  password: string,
): Promise<{ address: string; codes: string[] }> {
  const said = await askAuth('two-factor/enable', { password });
  return { address: String(at(said, 'totpURI')), codes: textsIn(at(said, 'backupCodes')) };
}

/** New codes to write down; those before do no more. */
export async function newBackupCodes(password: string): Promise<string[]> {
  return textsIn(
    at(await askAuth('two-factor/generate-backup-codes', { password }), 'backupCodes'),
  );
}

export async function endTwoFactor(password: string): Promise<void> {
  await askAuth('two-factor/disable', { password });
}

/** Ends this browser's session. */
export async function signOut(): Promise<void> {
  await askAuth('sign-out', {});
}

/** Changes one's own password and ends all other sessions, and API keys if asked. Gives the number of keys that go on. */
export async function changePassword(
  currentPassword: string,
  newPassword: string,
  revokeApiKeys: boolean,
): Promise<number> {
  const said = await askAuth('change-password', { currentPassword, newPassword, revokeApiKeys });
  const { apiKeys } = (said ?? {}) as { apiKeys?: unknown };
  return typeof apiKeys === 'number' ? apiKeys : 0;
}

async function askAuth(path: string, body: object): Promise<unknown> {
  const answer = await fetch(`/api/auth/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => {
    throw new ApiError(
      'offline',
      0,
      'The server did not respond. Check your connection and try again.',
    );
  });
  const said: unknown = await answer.json().catch(() => undefined);
  if (answer.ok) return said;
  throw errorOf(answer, said);
}

const again = 'Go back and enter your password again.';
const ofCodes: Readonly<Record<string, string>> = {
  INVALID_CODE:
    'This code is not right. It changes every 30 seconds: enter the one that is shown now.',
  INVALID_BACKUP_CODE: 'This backup code is not right, or was used before.',
  INVALID_TWO_FACTOR_COOKIE: `That took longer than ten minutes. ${again}`,
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: `Too many wrong codes. ${again}`,
  ACCOUNT_TEMPORARILY_LOCKED: 'Too many wrong codes. Wait 15 minutes, then try again.',
  TOTP_ALREADY_ENABLED: 'Two-factor is on already. Reload the page.',
};

/** better-auth answers in a form of its own; its codes become our sentences. */
function errorOf(answer: Response, said: unknown): ApiError {
  const { error, code, message } = (said ?? {}) as {
    error?: { message: string };
    code?: string;
    message?: string;
  };
  if (error) return new ApiError('internal', answer.status, error.message);
  const known = code === undefined ? undefined : ofCodes[code];
  if (known !== undefined) return new ApiError('forbidden', answer.status, known);
  if (answer.status === 429) {
    const seconds = answer.headers.get('retry-after') ?? '60';
    return new ApiError(
      'too_many_requests',
      429,
      `Too many attempts. Wait ${seconds} seconds, then try again.`,
    );
  }
  if (code === 'INVALID_EMAIL_OR_PASSWORD') {
    return new ApiError(
      'unauthenticated',
      401,
      'Wrong email or password. Check both and try again.',
    );
  }
  if (code === 'INVALID_PASSWORD') {
    return new ApiError('forbidden', answer.status, 'That is not your current password.');
  }
  if (code === 'INVALID_EMAIL') {
    return new ApiError('invalid_input', 400, 'Enter an email address such as ada@example.com.');
  }
  return new ApiError(
    'internal',
    answer.status,
    message ?? `The server responded with status ${answer.status}.`,
  );
}
