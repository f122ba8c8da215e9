import { AppError } from '@/lib/api/errors';
import { type Mark, type MarkRef, markKey, onceEach, readMarks } from '@/lib/chat/marks/mark';
import { readSpace, type SpaceRef } from '@/lib/memory/space';
import { can } from '@/lib/people/can';
import type { Actor } from '@/lib/people/schema';
import { at, listIn, textIn } from '@/lib/values/unknown';
import { requireSpace } from '@/server/memory/find-space';
import { entryIn } from '@/server/memory/get-entry';
import { whoOf } from '@/server/memory/who';
import type { Services } from '@/server/services';

type Needs = Pick<Services, 'prisma' | 'pool'>;

/**
 * What a message names, with what it is called now. Of a message that is stored already the marks are those that it has. Throws
 * `invalid_input` for what is not there, or not for this person, and for one's own memory: others read the chat.
 */
export async function nameMarks(
  services: Needs,
  actor: Actor,
  refs: readonly MarkRef[],
  messageId: string,
): Promise<Mark[]> {
  const wanted = onceEach(refs);
  if (wanted.length === 0) return [];
  const stored = await services.prisma.message.findFirst({
    where: { id: messageId, thread: { workspaceId: actor.workspaceId } },
    select: { marks: true },
  });
  if (stored !== null) {
    const kept = readMarks(stored.marks);
    // Another message under the same key is refused where the turn is found.
    if (wanted.every((ref) => kept.some((mark) => markKey(mark) === markKey(ref)))) return kept;
  }
  return Promise.all(
    wanted.map(async (ref) => {
      const mark = await nameMark(services, actor, ref);
      if (mark !== undefined) return mark;
      throw new AppError(
        'invalid_input',
        'Something that this message names with # was deleted, or you may not read it. Remove it and send your message again.',
      );
    }),
  );
}

/** The same for a message of a thread. Throws `invalid_input`, too, where a workflow answers: it is given its own inputs alone. */
export async function marksToKeep(
  services: Needs,
  actor: Actor,
  { workflowId }: { workflowId: string | null },
  refs: readonly MarkRef[],
  messageId: string,
): Promise<Mark[]> {
  if (refs.length > 0 && workflowId !== null) {
    throw new AppError(
      'invalid_input',
      'A workflow answers here, which takes no marks: attach files instead.',
    );
  }
  return nameMarks(services, actor, refs, messageId);
}

/** One thing with its name; undefined where it is not there or this person may not read it. */
export function nameMark(services: Needs, actor: Actor, ref: MarkRef): Promise<Mark | undefined> {
  switch (ref.kind) {
    case 'file':
      return nameFile(services, actor, ref.id);
    case 'run':
      return nameRun(services, actor, ref.id);
    case 'step':
      return nameStep(services, actor, ref);
    case 'memory':
      return nameEntry(services, actor, ref);
  }
}

async function nameFile(
  { prisma }: Needs,
  { workspaceId, role }: Actor,
  id: string,
): Promise<Mark | undefined> {
  if (!can(role, 'files.read')) return undefined;
  const select = { id: true, name: true, mediaType: true, size: true };
  const row = await prisma.file.findFirst({ where: { workspaceId, id }, select });
  return row === null ? undefined : { kind: 'file', ...row };
}

async function nameRun(
  { prisma }: Needs,
  { workspaceId, role }: Actor,
  id: string,
): Promise<Mark | undefined> {
  if (!can(role, 'runs.read')) return undefined;
  const row = await prisma.run.findFirst({ where: { workspaceId, id }, select: { name: true } });
  return row === null ? undefined : { kind: 'run', id, name: row.name };
}

async function nameStep(
  { prisma }: Needs,
  { workspaceId, role }: Actor,
  { workflowId, stepId }: Extract<MarkRef, { kind: 'step' }>,
): Promise<Mark | undefined> {
  if (!can(role, 'workflows.read')) return undefined;
  const row = await prisma.workflow.findFirst({
    where: { workspaceId, id: workflowId, deletedAt: null },
    select: { name: true, steps: true },
  });
  const step = listIn(row?.steps).find((each) => at(each, 'id') === stepId);
  const name = textIn(at(step, 'name'));
  if (row === null || name === undefined) return undefined;
  return { kind: 'step', workflowId, stepId, name, workflowName: row.name };
}

async function nameEntry(
  { pool }: Needs,
  actor: Actor,
  { space: key, path }: Extract<MarkRef, { kind: 'memory' }>,
): Promise<Mark | undefined> {
  const space = sharedSpace(key);
  if (space === undefined || !can(actor.role, 'memory.read')) return undefined;
  try {
    await entryIn(pool, await requireSpace(pool, whoOf(actor), space), path);
    return { kind: 'memory', space: key, path, name: path };
  } catch (error) {
    if (AppError.isInstance(error) && error.code === 'not_found') return undefined;
    throw error;
  }
}

/** A space that everybody in the workspace may read. */
export function sharedSpace(key: string): SpaceRef | undefined {
  const read = readSpace(key);
  return read.ok && read.space.kind !== 'person' ? read.space : undefined;
}
