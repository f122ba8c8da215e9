import { randomUUID } from 'node:crypto';
import type { Role } from '@/lib/people/schema';
import type { Definition } from '@/lib/workflows/schema';
import type { Services } from '@/server/services';

export type Person = { userId: string; name: string; cookie: string };
type Needs = Pick<Services, 'auth' | 'pool' | 'drafts'>;

const password = 'a long enough password';
let passwordHash: Promise<string> | undefined;

/** A workspace without anybody in it. */
export async function addWorkspace({ pool }: Needs): Promise<string> {
  const id = randomUUID();
  await pool.query('insert into organization (id, name, slug) values ($1, $2, $1)', [id, 'Test']);
  return id;
}

/** A person with a session, and a member of the workspace when a role is given. */
export async function addPerson(
  services: Needs,
  workspaceId: string,
  role: Role | undefined,
  name = 'Ada',
): Promise<Person> {
  const { pool, auth } = services;
  const userId = randomUUID();
  const email = `${userId}@example.com`;
  passwordHash ??= auth.$context.then((context) => context.password.hash(password));
  await pool.query(
    'insert into "user" (id, name, email, "emailVerified", "updatedAt") values ($1, $2, $3, true, now())',
    [userId, name, email],
  );
  await pool.query(
    'insert into account (id, "accountId", "providerId", "userId", password, "updatedAt") ' +
      "values ($1, $1, 'credential', $1, $2, now())",
    [userId, await passwordHash],
  );
  if (role) await setRole(services, workspaceId, userId, role);
  const { headers } = await auth.api.signInEmail({
    body: { email, password },
    returnHeaders: true,
  });
  const cookie = headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  return { userId, name, cookie };
}

/** Gives a member a role, or takes the membership away. */
export async function setRole(
  { pool }: Pick<Needs, 'pool'>,
  workspaceId: string,
  userId: string,
  role: Role | undefined,
): Promise<void> {
  await pool.query('delete from member where "organizationId" = $1 and "userId" = $2', [
    workspaceId,
    userId,
  ]);
  if (!role) return;
  await pool.query(
    'insert into member (id, "organizationId", "userId", role) values ($1, $2, $3, $4)',
    [randomUUID(), workspaceId, userId, role],
  );
}

/** A workflow with a draft that says `definition`. */
export async function addWorkflow(
  { pool, drafts }: Needs,
  workspaceId: string,
  definition: Definition = emptyDefinition,
): Promise<string> {
  const id = randomUUID();
  await pool.query('insert into workflow (id, workspace_id, name) values ($1, $2, $3)', [
    id,
    workspaceId,
    definition.name,
  ]);
  await drafts.create(id, definition);
  return id;
}

export const emptyDefinition: Definition = {
  schema: 1,
  name: 'Together',
  description: '',
  nodes: [],
  edges: [],
};
