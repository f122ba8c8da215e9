import type { Pool } from 'pg';
import type { SpaceRef } from '@/lib/memory/space';
import type { Actor, Role } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { putEntry } from '../put-entry';

let made = 0;
/** A shared space that nobody has used yet. */
export function team(): SpaceRef {
  made += 1;
  return { kind: 'team', name: `Team ${made}` };
}

/** Makes somebody a member with this role, or changes it. */
export async function addMember(
  pool: Pool,
  { userId, workspaceId }: Actor,
  role: Role,
): Promise<void> {
  await pool.query(
    `insert into "user" (id, name, email, "emailVerified", "createdAt", "updatedAt")
     values ($1, $1, $1 || '@example.com', true, now(), now()) on conflict do nothing`,
    [userId],
  );
  await pool.query('delete from member where "organizationId" = $1 and "userId" = $2', [
    workspaceId,
    userId,
  ]);
  await pool.query(
    `insert into member (id, "organizationId", "userId", role, "createdAt")
     values (gen_random_uuid()::text, $1, $2, $3, now())`,
    [workspaceId, userId, role],
  );
}

/** Writers that each write entries of their own, all at once. */
export function otherWriters(
  services: Services,
  actor: Actor,
  space: SpaceRef,
  { writers, writes }: { writers: number; writes: number },
): { done: Promise<void>; isDone: () => boolean } {
  let open = writers;
  const write = async (writer: number) => {
    for (let count = 0; count < writes; count += 1) {
      await putEntry(services, actor, {
        ...{ params: { space, path: `writer ${writer}/${count % 20}` }, query: {} },
        body: { value: count, strategy: 'last' },
      });
    }
    open -= 1;
  };
  const all = Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
  return { done: all.then(() => undefined), isDone: () => open === 0 };
}
