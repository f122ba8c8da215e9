import { randomUUID } from 'node:crypto';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError, isAppError } from '@/lib/api/errors';
import type { doCommand as contract } from '@/lib/chat/commands/contract';
import type { Command } from '@/lib/chat/commands/define-command';
import { readLine } from '@/lib/chat/commands/read-line';
import type { CommandLine } from '@/lib/chat/message';
import { can } from '@/lib/people/can';
import type { Actor } from '@/lib/people/schema';
import { uuidOf } from '@/server/db/uuid-of';
import { readIdempotencyKey } from '@/server/idempotency/read-key';
import type { Services } from '@/server/services';
import { holdRate } from '../hold-rate';
import { findThread, namesOf, toMessage } from '../store';
import type { Asked } from './act';
import { acts } from './acts';
import { insertLine, settleLine } from './command-store';
import { meantBy } from './workflow-input';

/**
 * Does a command in a thread with the rights of who wrote it, by the use cases that pages and programs use. The line is stored
 * before anything is done, and its end with it, so that all see it, also where it fails. Throws `not_found`, `forbidden`,
 * `invalid_input` for a line that is no command, and `too_many_requests`; nothing is stored then.
 */
export async function doCommand(
  services: Services,
  actor: Actor,
  { params: { id: threadId }, body }: InputOf<typeof contract>,
  request?: Pick<Request, 'headers'>,
): Promise<ResultOf<typeof contract>> {
  const { prisma, bus } = services;
  const thread = await findThread(prisma, actor.workspaceId, threadId);
  if (thread === null) throw new AppError('not_found', 'This conversation does not exist.');
  if (thread.visitorHash !== null) {
    throw new AppError('conflict', 'A visitor reads this chat: commands are not done here.');
  }
  const read = readLine(body.line);
  if (read.kind === 'text') throw new AppError('invalid_input', 'A command begins with /.');
  if (read.kind === 'wrong') throw new AppError('invalid_input', read.problem);
  const { command, argument } = read;
  if (!can(actor.role, command.permission)) {
    const message = `Your role here, ${actor.role}, does not allow /${command.name}. An admin can change it.`;
    throw new AppError('forbidden', message, { permission: command.permission });
  }
  const { input } = body;
  if (input !== undefined && command.starts === undefined) {
    throw new AppError('invalid_input', `/${command.name} starts no workflow: it takes no input.`);
  }
  const asked = { services, actor, thread, argument, input };
  const ask = body.confirmed ? undefined : await questionBefore(command, asked);
  if (ask !== undefined) return { state: 'confirm', line: body.line, ...ask };
  await holdRate(services, actor);
  const key = readIdempotencyKey(request);
  const id =
    key === undefined
      ? randomUUID()
      : uuidOf(JSON.stringify(['command', actor.workspaceId, actor.userId, threadId, key]));
  const told = () =>
    bus.publish(`workspace:${actor.workspaceId}`, { kind: 'thread', id: threadId });
  const line = { id, name: command.name, text: body.line };
  const before = await insertLine(prisma, { ...actor, threadId, line });
  told();
  // A repeat under the same key finds what the first one did.
  const row =
    before ?? (await settleLine(prisma, id, await done(command.name, { ...asked, key: id })));
  told();
  const names = await namesOf(prisma, [actor.userId]);
  const nothing = {
    runs: new Map(),
    agents: new Map(),
    deleted: new Set<string>(),
    gone: new Set<string>(),
  };
  return {
    state: 'done',
    message: toMessage(row, thread, { ...nothing, names, feedback: new Map() }),
  };
}

type Question = Omit<Extract<ResultOf<typeof contract>, { state: 'confirm' }>, 'state' | 'line'>;

/** What is asked before it is done: whether it is meant, and what a workflow is to be given. */
async function questionBefore(
  { starts, confirmation }: Command,
  asked: Omit<Asked, 'key'>,
): Promise<Question | undefined> {
  const says = confirmation?.(asked.argument);
  const plain = says === undefined ? undefined : { says };
  if (starts === undefined || asked.input !== undefined) return plain;
  try {
    const { name: workflow, fields, value } = await meantBy({ ...asked, key: '' }, starts);
    if (fields.length === 0) return plain;
    const shown = fields.map(({ name: field, type, required, default: usual, ...rest }) => ({
      ...{ name: field, type, required, default: usual, description: rest.description },
      ...(rest.choices === undefined ? {} : { choices: rest.choices }),
      ...(rest.label === undefined ? {} : { label: rest.label }),
    }));
    const inputs = { fields: shown, value };
    return {
      says:
        confirmation?.(workflow) ??
        `This rehearses “${workflow}”: answers are made up, and nothing is sent.`,
      inputs,
    };
  } catch (error) {
    // What is wrong with the line is told as the end of the command, where all see it; one that is asked before is not begun.
    if (says === undefined && isAppError(error)) return undefined;
    throw error;
  }
}

/** What became of it: a failure is told in the thread, too. */
async function done(name: string, asked: Asked): Promise<Omit<CommandLine, 'name'>> {
  try {
    const act = acts[name];
    if (act === undefined) throw new Error(`nothing does /${name}`);
    const { result, links = [] } = await act(asked);
    return { state: 'done', result, links };
  } catch (error) {
    if (!isAppError(error))
      asked.services.log.error({ err: error, id: asked.key }, 'a command failed');
    const result = isAppError(error) ? error.message : 'Something went wrong on the server.';
    return { state: 'failed', result, links: [] };
  }
}
