import { AppError } from '@/lib/api/errors';
import type { CommandLine } from '@/lib/chat/message';
import type { Prisma } from '@/server/db/prisma';
import { lockThread, type MessageRow } from '../store';
import { readCommand } from './read-command';

type Line = { id: string; name: string; text: string };

/** Stores a line whose command is about to be done, as the thread's newest message; the row that is there already under its id. */
export function insertLine(
  prisma: Prisma,
  asked: { workspaceId: string; userId: string; threadId: string; line: Line },
): Promise<MessageRow | undefined> {
  const { workspaceId, userId, threadId, line } = asked;
  return prisma.$transaction(async (db) => {
    if ((await lockThread(db, workspaceId, threadId)) === null) {
      throw new AppError('not_found', 'This conversation does not exist.');
    }
    const there = await db.message.findFirst({ where: { id: line.id, threadId } });
    if (there !== null) return there;
    const last = await db.message.findFirst({
      where: { threadId },
      orderBy: { position: 'desc' },
      select: { position: true },
    });
    const command: CommandLine = { name: line.name, state: 'running', result: '', links: [] };
    await db.message.create({
      data: {
        ...{ id: line.id, threadId, position: (last?.position ?? 0) + 1, role: 'command' },
        ...{ authorId: userId, text: line.text, command },
      },
    });
    const title = last === null ? { title: line.text.slice(0, 80) } : {};
    await db.thread.update({ where: { id: threadId }, data: { updatedAt: new Date(), ...title } });
    return undefined;
  });
}

/** Writes down what became of a command. */
export function settleLine(
  prisma: Prisma,
  id: string,
  end: Omit<CommandLine, 'name'>,
): Promise<MessageRow> {
  return prisma.$transaction(async (db) => {
    const { command } = await db.message.findUniqueOrThrow({ where: { id } });
    const name = readCommand(command)?.name ?? '';
    return db.message.update({ where: { id }, data: { command: { name, ...end } } });
  });
}
