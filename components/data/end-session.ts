/** Asks better-auth to end the session; throws where the server did not. */
export async function endSession(): Promise<void> {
  const answer = await fetch('/api/auth/sign-out', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  if (!answer.ok) throw new Error(`The server responded with status ${answer.status}.`);
}
