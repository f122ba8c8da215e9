import { ApiError } from './call';

/** Opens a session in this browser. Throws {@link ApiError} with a sentence for the person. */
export async function signIn(email: string, password: string): Promise<void> {
  await askAuth('sign-in/email', { email, password });
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

/** better-auth answers in a form of its own; its codes become our sentences. */
function errorOf(answer: Response, said: unknown): ApiError {
  const { error, code, message } = (said ?? {}) as {
    error?: { message: string };
    code?: string;
    message?: string;
  };
  if (error) return new ApiError('internal', answer.status, error.message);
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
      'Wrong e-mail or password. Check both and try again.',
    );
  }
  if (code === 'INVALID_PASSWORD') {
    return new ApiError('forbidden', answer.status, 'That is not your current password.');
  }
  if (code === 'INVALID_EMAIL') {
    return new ApiError('invalid_input', 400, 'Enter an e-mail address such as ada@example.com.');
  }
  return new ApiError(
    'internal',
    answer.status,
    message ?? `The server responded with status ${answer.status}.`,
  );
}
