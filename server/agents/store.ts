import { type Agent, type AgentInput, agentSchema } from '@/lib/agents/schema';
import { AppError } from '@/lib/api/errors';
import { modelPolicySchema } from '@/lib/models/schema';
import type { Actor } from '@/lib/people/schema';
import { taskLimitsSchema, toolGrantsSchema, usualLimits } from '@/lib/tools/settings';
import { at } from '@/lib/values/unknown';
import type { Prisma as Types } from '@/server/db/generated/client';
import type { Prisma } from '@/server/db/prisma';

type Row = Types.AgentGetPayload<object>;

/** A row as people see it; a model policy that no longer parses counts as `auto`. */
function toAgent(row: Row): Agent {
  return agentSchema.parse({
    id: row.id,
    handle: row.handle,
    name: row.name,
    description: row.description,
    instructions: row.instructions,
    model: modelPolicySchema.catch('auto').parse(row.model),
    skills: row.skills,
    tools: toolGrantsSchema.catch([]).parse(row.tools),
    limits: taskLimitsSchema.catch(usualLimits).parse(row.limits),
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  });
}

/** Agents by name, after the one with the id `after`. One more than `limit`, where there are more. */
export async function agentsAfter(
  prisma: Prisma,
  workspaceId: string,
  limit: number,
  after: string | undefined,
): Promise<Agent[]> {
  const rows = await prisma.agent.findMany({
    where: { workspaceId },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: limit + 1,
    ...(after === undefined ? {} : { cursor: { id: after }, skip: 1 }),
  });
  return rows.map(toAgent);
}

export async function findAgent(
  prisma: Prisma,
  workspaceId: string,
  id: string,
): Promise<Agent | undefined> {
  const row = await prisma.agent.findFirst({ where: { id, workspaceId } });
  return row === null ? undefined : toAgent(row);
}

export async function findAgentByHandle(
  prisma: Prisma,
  workspaceId: string,
  handle: string,
): Promise<Agent | undefined> {
  const row = await prisma.agent.findUnique({
    where: { workspaceId_handle: { workspaceId, handle } },
  });
  return row === null ? undefined : toAgent(row);
}

/** Throws `conflict` when the handle is taken. */
export async function insertAgent(prisma: Prisma, actor: Actor, input: AgentInput): Promise<Agent> {
  return refuseTaken(input.handle, () =>
    prisma.$transaction(async (db) => {
      const row = await db.agent.create({
        data: { ...input, workspaceId: actor.workspaceId, createdBy: actor.userId },
      });
      await keepVersion(db, actor, row.id, 1, input);
      await audit(db, actor, 'agent.created', row);
      return toAgent(row);
    }),
  );
}

/** Nothing when there is no such agent here. Throws `conflict` when the handle is taken. */
export async function replaceAgent(
  prisma: Prisma,
  actor: Actor,
  id: string,
  input: AgentInput,
  onlyVersion?: number,
): Promise<Agent | undefined> {
  return refuseTaken(input.handle, () =>
    prisma.$transaction(async (db) => {
      const before = await db.agent.findFirst({ where: { id, workspaceId: actor.workspaceId } });
      const [row] = await db.agent.updateManyAndReturn({
        where: {
          ...{ id, workspaceId: actor.workspaceId },
          ...(onlyVersion === undefined ? {} : { version: onlyVersion }),
        },
        data: { ...input, version: { increment: 1 }, updatedAt: new Date() },
      });
      if (row === undefined) {
        if (before === null) return undefined;
        const message = `${before.name} was changed since version ${onlyVersion}. Nothing was saved: look at what is new, and save again.`;
        throw new AppError('conflict', message);
      }
      if (before !== null && before.handle !== row.handle) {
        await moveMailbox(db, actor.workspaceId, before.handle, row.handle);
      }
      await keepVersion(db, actor, row.id, row.version, input);
      await audit(db, actor, 'agent.updated', row);
      return toAgent(row);
    }),
  );
}

/** Whether there was one. Its threads stay, without it. */
export async function removeAgent(prisma: Prisma, actor: Actor, id: string): Promise<boolean> {
  return prisma.$transaction(async (db) => {
    const row = await db.agent.findFirst({ where: { id, workspaceId: actor.workspaceId } });
    const { count } = await db.agent.deleteMany({ where: { id, workspaceId: actor.workspaceId } });
    if (row === null || count === 0) return false;
    await audit(db, actor, 'agent.deleted', row);
    return true;
  });
}

/** Messages follow an agent to its new handle, unless some wait under that already. */
async function moveMailbox(
  db: Types.TransactionClient,
  workspaceId: string,
  from: string,
  name: string,
): Promise<void> {
  const kind = 'agent';
  const there = await db.mailbox.findFirst({ where: { workspaceId, kind, name } });
  if (there !== null) return;
  await db.mailbox.updateMany({ where: { workspaceId, kind, name: from }, data: { name } });
}

async function keepVersion(
  db: Types.TransactionClient,
  actor: Actor,
  agentId: string,
  number: number,
  data: AgentInput,
): Promise<void> {
  await db.agentVersion.create({ data: { agentId, number, data, savedBy: actor.userId } });
}

async function audit(
  db: Types.TransactionClient,
  actor: Actor,
  action: string,
  row: Row,
): Promise<void> {
  await db.audit.create({
    data: {
      workspaceId: actor.workspaceId,
      actorId: actor.userId,
      action,
      subjectType: 'agent',
      subjectId: row.id,
      detail: { handle: row.handle, name: row.name },
    },
  });
}

async function refuseTaken<T>(handle: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (at(error, 'code') === 'P2002') {
      throw new AppError('conflict', `The handle @${handle} is taken. Choose another one.`);
    }
    throw error;
  }
}
