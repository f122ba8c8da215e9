import type { Role } from '@/lib/people/schema';
import { createServices } from '@/server/compose';
import { type Services, shareServices } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { ask } from './client';

export const password = 'correct horse battery';
const origin = 'http://localhost:3000';

/** Services of this test file on a database of its own, shared with the route handlers. */
export async function startApi(env: Record<string, string> = {}): Promise<Services> {
  const services = await createServices(await testConfig(env), 'test');
  shareServices(services);
  return services;
}

export type Somebody = { userId: string; email: string; headers: Record<string, string> };

/** The owner, by the way a first visit takes. */
export async function setUp(): Promise<Somebody & { workspaceId: string }> {
  const email = 'owner@example.com';
  const answer = await ask(
    'POST',
    '/api/v2/setup',
    { origin },
    {
      body: { name: 'Olga Owner', email, password, workspaceName: 'Acme' },
    },
  );
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return {
    userId: answer.body.user.id,
    workspaceId: answer.body.workspace.id,
    email,
    headers: { cookie: answer.cookie, origin },
  };
}

/** A new person with a role, by invitation and sign-up. An owner is made one by the inviter afterwards. */
export async function join(inviter: Somebody, role: Role, name: string): Promise<Somebody> {
  const email = `${name.toLowerCase()}@example.com`;
  const invitation = await ask('POST', '/api/v2/invitations', inviter.headers, {
    body: { email, role: role === 'owner' ? 'admin' : role },
  });
  if (invitation.status !== 201) throw new Error(JSON.stringify(invitation.body));
  const made = await ask(
    'POST',
    `/api/v2/invitations/${invitation.body.id}/sign-up`,
    { origin },
    {
      body: { name, password },
    },
  );
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  const userId = made.body.user.id;
  if (role === 'owner') {
    await ask('PATCH', `/api/v2/members/${userId}`, inviter.headers, { body: { role } });
  }
  return { userId, email, headers: { cookie: made.cookie, origin } };
}
