import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contracts } from '@/lib/api/contracts';
import type { Contract } from '@/lib/api/define-route';
import { can } from '@/lib/people/can';
import { type Role, roles } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { type Answer, ask } from './testing/client';
import { join, password, type Somebody, setUp, startApi } from './testing/people';
import { type Things, thingsOf } from './testing/things';

let services: Services;
let owner: Somebody & { workspaceId: string };
const people = new Map<Role, Somebody>();
let stranger: Somebody & { workspaceId: string };
let things: Things;

beforeAll(async () => {
  services = await startApi();
  owner = await setUp();
  for (const role of roles) people.set(role, await join(owner, role, `The${role}`));
  stranger = await strangerOf();
  things = await thingsOf(owner, people.get('viewer') ?? owner);
});
afterAll(() => services?.close());

/** A person who owns a workspace of their own and has left the first one. */
async function strangerOf(): Promise<Somebody & { workspaceId: string }> {
  const somebody = await join(owner, 'viewer', 'Stranger');
  const made = await ask('POST', '/api/v2/workspaces', somebody.headers, {
    body: { name: 'Elsewhere' },
  });
  const left = await ask('DELETE', `/api/v2/members/${somebody.userId}`, owner.headers);
  expect([made.status, left.status]).toEqual([201, 200]);
  return { ...somebody, workspaceId: made.body.id };
}

const missing = '00000000-0000-4000-8000-000000000000';

/** Asks for a contract with ids that nothing has and a body that nothing takes: only access is tried. */
function knock(contract: Contract, headers: Record<string, string>): Promise<Answer> {
  const path = contract.path.replace('{provider}', 'openai').replace(/\{\w+\}/g, missing);
  const hasBody = contract.method !== 'GET' && contract.method !== 'DELETE';
  return ask(
    contract.method,
    `/api/v2${path}`,
    headers,
    hasBody ? { raw: '{"no-such-field":1}' } : {},
  );
}

const guarded = contracts.filter(({ permission }) => permission !== 'anyone');

describe.each(guarded.map((contract) => [contract.id, contract] as const))(
  '%s',
  (_id, contract) => {
    test('is closed to whoever is not signed in', async () => {
      const nobody: Record<string, string>[] = [
        {},
        { authorization: 'Bearer ens_no' },
        { cookie: 'ensemble.session_token=a.b' },
      ];
      for (const headers of nobody) {
        const answer = await knock(contract, headers);
        // Clients of OpenAI's protocol know its own words.
        const code = contract.id === 'chat.completions' ? 'invalid_api_key' : 'unauthenticated';
        expect([answer.status, answer.body.error?.code]).toEqual([401, code]);
      }
    });

    test.each(roles.map((role) => [role]))('as %s', async (role) => {
      const { permission } = contract;
      const allowed =
        permission === 'signed-in' || permission === 'anyone' || can(role, permission);
      const answer = await knock(contract, people.get(role)?.headers ?? {});
      if (allowed) expect([401, 403], JSON.stringify(answer.body)).not.toContain(answer.status);
      else expect([answer.status, answer.body.error?.code]).toEqual([403, 'forbidden']);
      expect(answer.status).toBeLessThan(500);
    });
  },
);

test('what is another workspace’s is not there, whatever one may do in one’s own', async () => {
  const before = await things.fingerprint(services);
  let tried = 0;
  for (const contract of guarded) {
    for (const { path, body } of things.addressesOf(contract)) {
      const answer = await ask(contract.method, `/api/v2${path}`, stranger.headers, { body });
      expect([contract.id, answer.status], JSON.stringify(answer.body)).toEqual([contract.id, 404]);
      tried += 1;
    }
    if (contract.permission === 'signed-in') continue;
    const named = await knock(contract, { ...stranger.headers, 'x-workspace': owner.workspaceId });
    expect([contract.id, named.status]).toEqual([contract.id, 404]);
  }
  expect(tried).toBeGreaterThan(15);
  expect(await things.fingerprint(services)).toEqual(before);
});

test('lists show nothing of another workspace', async () => {
  for (const contract of guarded) {
    if (contract.method !== 'GET' || contract.path.includes('{')) continue;
    // What must be named in the query is no list: the tests of its use case ask for what belongs to others.
    const needsMore = !contract.query.safeParse({}).success;
    const answer = await ask('GET', `/api/v2${contract.path}`, stranger.headers);
    expect(answer.status, contract.id).toBe(needsMore ? 400 : 200);
    for (const id of things.ids) expect(JSON.stringify(answer.body), contract.id).not.toContain(id);
  }
});

test('signing in needs the password even for the owner', async () => {
  const answer = await ask(
    'POST',
    '/api/auth/sign-in/email',
    {},
    {
      body: { email: owner.email, password: `${password}!` },
    },
  );
  expect(answer.status).toBe(401);
});
